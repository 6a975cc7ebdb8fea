#!/usr/bin/env python3
"""Time static site generators on the same corpus. See README.md beside this file.

    python3 run.py corpus  --sizes 250,2500     write the sites
    python3 run.py build   --sizes 250,2500     cold builds, builds without a change, peak memory, the write limit
    python3 run.py compare --sizes 250          same pages, same text?
    python3 run.py report                       the tables, as Markdown

--tools kairan,hugo picks tools; a tool whose program is not there is left out. Results are collected in
$BENCH_WORK/results.json, one entry for each measurement, so parts can be run again one by one.

Settings (environment): BENCH_WORK the folder for sites and results (a journaled file system, see README.md),
BENCH_KAIRAN, BENCH_HUGO, BENCH_ZOLA, BENCH_NODE the programs (else the release build of this repository, and by name
on PATH), BENCH_NODE_MODULES the installed packages of flavours/eleventy, BENCH_RUSTC the compiler of writelimit.rs.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORK = Path(os.environ.get("BENCH_WORK", HERE.parent / "target" / "bench")).resolve()
RESULTS = WORK / "results.json"
TICK = os.sysconf("SC_CLK_TCK")


def prog(name, fallback=""):
    return os.environ.get(f"BENCH_{name.upper()}") or shutil.which(name) or (str(fallback) if fallback else "")


@dataclass
class Tool:
    name: str
    program: str                 # what must exist for the tool to be measured
    build: list                  # run in the site folder
    out: str                     # output folder, relative to the site
    version: list
    caches: list = field(default_factory=list)     # removed before a cold build
    modules: bool = False        # whether the site needs node_modules
    max_n: int = 10 ** 9         # largest corpus (articles per language) it is measured on

    def site(self, n):
        return WORK / "sites" / str(n) / self.name


NODE = prog("node")
KAIRAN, HUGO, ZOLA = prog("kairan", HERE.parent / "target" / "release" / "kairan"), prog("hugo"), prog("zola")
ELEVENTY = [NODE, "node_modules/@11ty/eleventy/cmd.cjs"]
MODULES = Path(os.environ.get("BENCH_NODE_MODULES", WORK / "eleventy" / "node_modules"))

TOOLS = {t.name: t for t in [
    Tool("kairan", KAIRAN, [KAIRAN, "build"], "public", [KAIRAN, "--version"], caches=[".kairan"]),
    Tool("hugo", HUGO, [HUGO, "--quiet"], "public", [HUGO, "version"], caches=["resources", ".hugo_build.lock"]),
    Tool("eleventy", NODE, ELEVENTY + ["--quiet"], "_site", ELEVENTY + ["--version"], modules=True, max_n=2500),
    Tool("zola", ZOLA, [ZOLA, "build"], "public", [ZOLA, "--version"]),
]}


def installed(tool):
    return bool(tool.program) and Path(tool.program).exists() and (not tool.modules or MODULES.is_dir())


def link_modules(tool, site):
    if tool.modules:
        link = site / "node_modules"
        if link.is_symlink():
            link.unlink()
        link.symlink_to(MODULES)


# ------------------------------------------------------------------ measuring

def cpu_busy():
    """(busy, idle) CPU seconds of the whole machine."""
    v = [int(x) for x in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    idle = v[3] + v[4]
    return (sum(v[:8]) - idle) / TICK, idle / TICK


def wait_quiet(limit=60):
    """Until less than 5 % of one core was busy for half a second."""
    end = time.time() + limit
    while time.time() < end:
        b0, _ = cpu_busy()
        time.sleep(0.5)
        if cpu_busy()[0] - b0 <= 0.025:
            return True
    return False


def timed(cmd, cwd):
    """Run cmd; wall seconds, its CPU seconds, peak RSS in MB and what the rest of the machine used meanwhile."""
    subprocess.run(["sync"], check=True)
    quiet = wait_quiet()
    busy0, _ = cpu_busy()
    with open(WORK / "last.log", "wb") as log:
        start = time.perf_counter()
        p = subprocess.Popen(cmd, cwd=cwd, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        _, status, ru = os.wait4(p.pid, 0)
        wall = time.perf_counter() - start
    p.returncode = os.waitstatus_to_exitcode(status)
    busy1, _ = cpu_busy()
    if p.returncode != 0:
        sys.stderr.write(Path(WORK / "last.log").read_text(errors="replace")[-3000:])
        raise SystemExit(f"{cmd} failed with {p.returncode}")
    own = ru.ru_utime + ru.ru_stime
    return {"wall": round(wall, 4), "user": round(ru.ru_utime, 3), "sys": round(ru.ru_stime, 3),
            "rss_mb": round(ru.ru_maxrss / 1024, 1), "other_cpu": round(max(0.0, busy1 - busy0 - own), 2), "quiet": quiet}


def remove(path):
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def store(key, value):
    data = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    data[key] = value
    tmp = RESULTS.with_suffix(".tmp")
    tmp.write_text(json.dumps(data, indent=1, ensure_ascii=False))
    tmp.replace(RESULTS)


def tree_facts(root):
    files = html = total = 0
    for dp, _, fs in os.walk(root):
        for f in fs:
            files += 1
            html += f.endswith(".html")
            total += os.stat(os.path.join(dp, f)).st_size
    return {"files": files, "html": html, "bytes": total}


def warm(root):
    """Read the inputs once, so that the first run is like the others."""
    for dp, _, fs in os.walk(root):
        for f in fs:
            with open(os.path.join(dp, f), "rb") as fh:
                fh.read()


def probe_fs():
    """Creating files right after deleting others must not be slow (it is on ext4 without a journal)."""
    d = WORK / "probe"

    def make():
        t = time.perf_counter()
        d.mkdir()
        for i in range(4000):
            (d / f"{i}").write_bytes(b"x" * 100)
        return time.perf_counter() - t
    remove(d)
    first = make()
    remove(d)
    second = make()
    remove(d)
    if second > 2 * first + 0.1:
        print(f"WARNING: creating files takes {second / first:.1f} times as long right after deleting some. Use a "
              "journaled file system for BENCH_WORK, else every rebuild looks slower than it is.", file=sys.stderr)
    store("probe_fs", {"fresh": round(first, 3), "after_delete": round(second, 3)})


def writelimit():
    """The compiled writelimit.rs."""
    program = WORK / "writelimit"
    source = HERE / "writelimit.rs"
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        subprocess.run([os.environ.get("BENCH_RUSTC", "rustc"), "-O", "--edition", "2024", "-o", str(program), str(source)],
                       check=True)
    return program


def cmd_build(args, tools):
    probe_fs()
    for n in args.sizes:
        runs = args.runs or (3 if n >= 25000 else 5)
        for t in tools:
            site = t.site(n)
            if n > t.max_n or not site.is_dir():
                continue
            link_modules(t, site)
            out = site / t.out
            warm(site)
            cold, again = [], []
            for i in range(runs):
                remove(out)
                for c in t.caches:
                    remove(site / c)
                cold.append(timed(t.build, site))
                print(f"{t.name} {n} cold {i + 1}/{runs}: {cold[-1]}", flush=True)
            for i in range(runs):
                again.append(timed(t.build, site))
                print(f"{t.name} {n} again {i + 1}/{runs}: {again[-1]}", flush=True)
            limit = write_limit(n, t, runs) if not args.no_limit else []
            store(f"build/{n}/{t.name}", {"cold": cold, "again": again, "out": tree_facts(out), "limit": limit})


def write_limit(n, tool, runs):
    """Seconds for writing the very files that this tool wrote, with one thread and with two."""
    source, dest, seconds = tool.site(n) / tool.out, WORK / "limit", []
    for _ in range(runs):
        for threads in (1, 2):
            remove(dest)
            subprocess.run(["sync"], check=True)
            wait_quiet()
            line = subprocess.run([str(writelimit()), str(source), str(dest), str(threads)], check=True,
                                  capture_output=True, text=True).stdout.split()
            seconds.append({"threads": threads, "wall": float(line[0])})
    remove(dest)
    print(f"{tool.name} {n} write limit: {[(s['threads'], s['wall']) for s in seconds]}", flush=True)
    return seconds


def cmd_corpus(args, tools):
    for n in args.sizes:
        names = [t for t in TOOLS if n <= TOOLS[t].max_n]
        subprocess.run([sys.executable, str(HERE / "corpus.py"), "--n", str(n), "--out", str(WORK / "sites" / str(n)),
                        "--flavours", ",".join(names)], check=True)


def cmd_compare(args, tools):
    for n in args.sizes:
        # Hugo is the reference where it is there: its templates are the plainest.
        known = sorted(tools, key=lambda t: t.name != "hugo")
        outs = [f"{t.name}={t.site(n) / t.out}" for t in known if (t.site(n) / t.out).is_dir()]
        if len(outs) < 2:
            raise SystemExit(f"N = {n}: nothing to compare; run the part `build` with two tools first")
        print(f"N = {n}", flush=True)
        subprocess.run([sys.executable, str(HERE / "compare.py"), *outs], check=True)


def med(rows, key):
    return statistics.median(r[key] for r in rows)


def cmd_report(args, tools):
    data = json.loads(RESULTS.read_text())
    for t in tools:
        site = t.site(args.sizes[0])
        if site.is_dir():
            link_modules(t, site)
            v = subprocess.run(t.version, cwd=site, capture_output=True, text=True).stdout.strip()
            print(f"- {t.name}: {v}")
    for n in sorted({int(k.split("/")[1]) for k in data if k.startswith("build/")}):
        print(f"\n### {2 * n} article pages (N = {n})\n")
        print("| tool | HTML pages | MB | cold build, s (min to max) | pages/s | CPU s (user + sys) | peak MB "
              "| write limit, s | × write limit | again without a change, s |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for t in TOOLS:
            b = data.get(f"build/{n}/{t}")
            if not b:
                continue
            c, a, o = b["cold"], b["again"], b["out"]
            wall = med(c, "wall")
            walls = [r["wall"] for r in c]
            two = [w["wall"] for w in b["limit"] if w["threads"] == 2]
            limit = statistics.median(two) if two else None
            print(f"| {t} | {o['html']} | {o['bytes'] / 1e6:.1f} | **{wall:.2f}** ({min(walls):.2f} to {max(walls):.2f}) | "
                  f"{o['html'] / wall:.0f} | {med(c, 'user'):.2f} + {med(c, 'sys'):.2f} | {med(c, 'rss_mb'):.0f} | "
                  f"{f'{limit:.3f}' if limit else '-'} | {f'{wall / limit:.1f}' if limit else '-'} | {med(a, 'wall'):.2f} |")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("part", choices=["corpus", "build", "compare", "report"])
    ap.add_argument("--sizes", default="250,2500", type=lambda s: [int(x) for x in s.split(",")])
    ap.add_argument("--tools", default=",".join(TOOLS))
    ap.add_argument("--runs", type=int, default=0)
    ap.add_argument("--no-limit", action="store_true")
    args = ap.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    tools = [TOOLS[x] for x in args.tools.split(",") if installed(TOOLS[x])]
    missing = [x for x in args.tools.split(",") if not installed(TOOLS[x])]
    if missing and args.part != "corpus":
        print(f"left out, not installed: {', '.join(missing)}", file=sys.stderr)
    globals()[f"cmd_{args.part}"](args, tools)


if __name__ == "__main__":
    main()
