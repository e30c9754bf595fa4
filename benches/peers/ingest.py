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
import glob
import json
import os
import subprocess
import sys
import time

FILES = ["vouchers", "redemptions", "completions", "payments"]

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


def run(command):
    """Seconds, peak MiB and output of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[:2]} ended with {status}")
    return time.perf_counter() - start, usage.ru_maxrss // 1024, output


def main():
    directory, peers = sys.argv[1], sys.argv[2:] or ["polars"]
    target = os.environ.get("CARGO_TARGET_DIR", "target")
    programs = [p for p in glob.glob(f"{target}/release/deps/ingest-*") if os.access(p, os.X_OK) and not p.endswith(".d")]
    bench = max(programs, key=os.path.getmtime)
    size = sum(os.path.getsize(f"{directory}/{name}.csv") for name in FILES)
    print(f"{size / 2**20:.0f} MiB of CSV")
    for name in FILES:  # into the page cache, for everybody
        with open(f"{directory}/{name}.csv", "rb") as file:
            while file.read(1 << 24):
                pass
    results = {"vouchsafe": [], **{peer: [] for peer in peers}}
    for _ in range(3):
        seconds, peak, output = run([bench, directory, "1"])
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
