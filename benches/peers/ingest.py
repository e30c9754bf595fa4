#!/usr/bin/env python3
"""Reads the same generated exports with vouchsafe and with other tools, in one run, and compares time and memory.

    cargo run --release --example generate -- scale --vouchers 2000000 --seed 1 DIR
    cargo bench --bench ingest --no-run
    pip install polars duckdb
    python3 benches/peers/ingest.py DIR [polars|polars-few|duckdb ...]

The peers scan four files and join them by voucher, without checking a cell: the least that must be done before
anything can be said of a voucher. polars and duckdb use every column, as vouchsafe does; polars-few uses five and leaves the
others unread. vouchsafe checks form and content of every cell, types it, counts every row and gathers
the rows by voucher. Each tool runs three times in a process of its own on the same machine; the best of three counts.
"""
import json
import sys

from side_by_side import FILES, bench, run, warm

POLARS = """
import polars as pl, sys
d = sys.argv[1]
v, r, c, p = (pl.scan_csv(f"{d}/{n}.csv", infer_schema=False) for n in %r)
joined = (v.join(r, on="voucher_id", how="left").join(c, on="voucher_id", how="left", suffix="_c")
           .join(p, on="voucher_id", how="left", suffix="_p"))
# Every column is used, so that none is left unread.
print(joined.select(pl.len(), pl.all().exclude("voucher_id").count()).collect(engine="streaming").row(0)[0])
""" % (FILES,)

POLARS_FEW = POLARS.replace(
    'pl.all().exclude("voucher_id").count()', 'pl.col("days", "redeemed_on", "started_on", "amount").count()'
)

DUCKDB = """
import duckdb, sys
d = sys.argv[1]
t = [f"read_csv('{d}/{n}.csv', all_varchar=true, header=true)" for n in %r]
print(duckdb.sql(f"select count(*), count(v.customer_name), count(r.location_id), count(c.deliverable), count(p.amount) "
                 f"from {t[0]} v left join {t[1]} r using (voucher_id) left join {t[2]} c using (voucher_id) "
                 f"left join {t[3]} p using (voucher_id)").fetchall()[0][0])
""" % (FILES,)

PEERS = {"polars": POLARS, "polars-few": POLARS_FEW, "duckdb": DUCKDB}


def main():
    directory, peers = sys.argv[1], sys.argv[2:] or ["polars"]
    program = bench("ingest")
    warm(directory)
    results = {"vouchsafe": [], **{peer: [] for peer in peers}}
    for _ in range(3):
        seconds, peak, output = run([program, directory, "1"])
        results["vouchsafe"].append((json.loads(output)["seconds"], peak, output.strip()))
        for peer in peers:
            idle, _, _ = run([sys.executable, "-c", f"import {peer.split('-')[0]}"])
            seconds, peak, output = run([sys.executable, "-c", PEERS[peer], directory])
            results[peer].append((seconds - idle, peak, output.strip()))  # starting Python is not counted
    ours = min(results["vouchsafe"])
    for name, runs in results.items():
        seconds, peak, output = min(runs)
        print(f"{name:<10} {seconds:6.2f} s  {peak:5} MiB  vouchsafe/{name}: time {ours[0] / seconds:.2f}, "
              f"memory {ours[1] / peak:.2f}   {output}")


main()
