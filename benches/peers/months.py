#!/usr/bin/env python3
"""Reconciles the same consecutive months with vouchsafe and with polars, in one run, and compares time and memory.

    cargo run --release --example generate -- scale --vouchers 1000000 --seed 1 --open 35000 DIR
    cargo bench --bench months --no-run
    pip install polars
    python3 benches/peers/months.py DIR [MONTHS]

The peer is what a team writes in a notebook over typed frames: worth by rate, payments by voucher, nine of the checks, open
items carried from month to month as new, persisting and resolved with their age, what is open by currency. It tells no
reasons, keeps no trace and no state on disk. vouchsafe judges by all rules, allocates payments, keeps accounts and a statement, tells
causes of changes and writes items into the ledger. Reading is not counted, on either side.
"""
import json
import sys

from side_by_side import bench, run, warm

POLARS = """
import datetime as dt, json, resource, sys, time
import polars as pl
d, months = sys.argv[1], int(sys.argv[2])
DAYS = ["created_on", "expires_on", "reserved_on", "redeemed_on", "started_on", "completed_on", "reported_on",
        "requested_on", "paid_on", "valid_from", "valid_to"]
def read(name):
    frame = pl.read_csv(f"{d}/{name}.csv", infer_schema=False)
    return frame.with_columns([pl.col(c).str.to_date(strict=False) for c in DAYS if c in frame.columns])
v, r, c, p, rates, partners = map(read, ["vouchers", "redemptions", "completions", "payments", "rates", "partners"])
minor = pl.col("amount").cast(pl.Decimal(18, 2)).cast(pl.Float64).mul(100).round().cast(pl.Int64)
p, rates = p.with_columns(minor=minor), rates.with_columns(worth=minor)
before = None
for month in range(months):
    as_of = dt.date(2021 + (5 + month) // 12, (5 + month) % 12 + 1, 1) - dt.timedelta(days=1)
    start = time.perf_counter()
    past = lambda c: pl.when(pl.col(c) <= as_of).then(pl.col(c))
    paid = (p.lazy().filter(pl.col("requested_on") <= as_of).group_by("voucher_id").agg(
        paid=pl.col("minor").filter(pl.col("paid_on") <= as_of).sum(), requested=pl.col("requested_on").min(),
        pending=(pl.col("paid_on").is_null() | (pl.col("paid_on") > as_of)).any()))
    listed = v.lazy().unique("voucher_id", keep="first", maintain_order=True)
    conflicting = v.lazy().group_by("voucher_id").agg(levels=pl.col("days").n_unique())
    case = (listed.join(conflicting, on="voucher_id", how="left")
        .join(r.lazy().select("voucher_id", "location_id", "status", "reserved_on", redeemed=past("redeemed_on")), on="voucher_id", how="full", coalesce=True)
        .join(c.lazy().select("voucher_id", "country", "started_on", "completed_on", "reported_on", "deliverable"), on="voucher_id", how="left")
        .join(partners.lazy().select("location_id", home="country"), on="location_id", how="left")
        .join(paid, on="voucher_id", how="left")
        .join(rates.lazy().select("country", "days", "worth", "currency", "valid_from", "valid_to"), on=["country", "days"], how="left")
        .filter(pl.col("worth").is_null() | pl.col("started_on").is_between("valid_from", "valid_to")))
    redeemed, paid_up = pl.col("redeemed").is_not_null(), pl.col("paid").fill_null(0)
    case = case.with_columns(
        rf03=pl.col("customer_name").is_null(), rf01=pl.col("location_id").is_not_null() & pl.col("home").is_null(),
        rf05=pl.col("country").is_not_null() & (pl.col("country") != pl.col("home")), du01=pl.col("levels") > 1,
        lc04=redeemed & pl.col("reported_on").is_null(), lc05=redeemed & pl.col("deliverable").is_null() & pl.col("reported_on").is_not_null(),
        dt01=~redeemed & (pl.col("expires_on") < as_of),
        dt10=redeemed & pl.col("requested").is_null() & (pl.col("redeemed").dt.offset_by("60d") < as_of),
        am06=pl.col("requested").is_not_null() & ~pl.col("pending") & (paid_up < pl.col("worth")),
        open=pl.when(redeemed).then(pl.col("worth").fill_null(0)).otherwise(0) - paid_up, opened=pl.coalesce("redeemed", "created_on"))
    codes = ["rf03", "rf01", "rf05", "du01", "lc04", "lc05", "dt01", "dt10", "am06"]
    items = (case.select("voucher_id", "opened", "currency", "open", *codes)
        .unpivot(codes, index=["voucher_id", "opened", "currency", "open"], variable_name="code").filter("value").drop("value"))
    stated, items = pl.collect_all([case.group_by("currency").agg(pl.col("open").sum()), items])
    if before is None:
        items = items.with_columns(since=pl.lit(as_of), lifecycle=pl.lit("new"))
    else:
        known = before.select("voucher_id", "code", "since")
        resolved = known.join(items, on=["voucher_id", "code"], how="anti").height
        items = items.join(known, on=["voucher_id", "code"], how="left").with_columns(
            lifecycle=pl.when(pl.col("since").is_null()).then(pl.lit("new")).otherwise(pl.lit("persisting")),
            since=pl.col("since").fill_null(as_of))
    items = items.with_columns(age=(pl.lit(as_of) - pl.col("opened")).dt.total_days())
    aged = items.group_by(pl.sum_horizontal(pl.col("age") > days for days in [7, 30, 60, 90, 180]).alias("bucket"), "code").agg(pl.len(), pl.col("open").sum())
    before = items
    print(json.dumps({"as_of": str(as_of), "items": items.height, "seconds": time.perf_counter() - start,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
"""


def lines(output):
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


def main():
    directory, months = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "12"
    warm(directory)
    _, _, ours = run([bench("months"), directory, months])
    _, _, theirs = run([sys.executable, "-c", POLARS, directory, months])
    for our, their in zip(lines(ours), lines(theirs)):
        print(f"{our['as_of']}  vouchsafe {our['seconds']:6.2f} s, {our['items']} items, {our['peak_mib']} MiB   "
              f"polars {their['seconds']:6.2f} s, {their['items']} items, {their['peak_mib']} MiB   "
              f"time {our['seconds'] / their['seconds']:.2f}")


main()
