"""What all comparisons need: the bench as it was built, files in the page cache, and processes that are measured."""
import glob
import os
import subprocess
import sys
import time

FILES = ["vouchers", "redemptions", "completions", "payments"]


def bench(name):
    """The newest build of a bench."""
    target = os.environ.get("CARGO_TARGET_DIR", "target")
    programs = [p for p in glob.glob(f"{target}/release/deps/{name}-*") if os.access(p, os.X_OK) and not p.endswith(".d")]
    if not programs:
        sys.exit(f"there is no build of it\n  hint: cargo bench --bench {name} --no-run")
    return max(programs, key=os.path.getmtime)


def run(command):
    """Seconds, peak MiB and output of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[:2]} ended with {status}")
    return time.perf_counter() - start, usage.ru_maxrss // 1024, output


def warm(directory):
    """Reads the large files once, so that nobody waits for the disk, and says how large they are."""
    size = sum(os.path.getsize(f"{directory}/{name}.csv") for name in FILES)
    print(f"{size / 2**20:.0f} MiB of CSV")
    for name in FILES:
        with open(f"{directory}/{name}.csv", "rb") as file:
            while file.read(1 << 24):
                pass
