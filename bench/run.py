#!/usr/bin/env python3
"""Time static site generators on the same corpus. See README.md beside this file.

    python3 run.py corpus  --sizes 250,2500,25000     write the sites
    python3 run.py build   --sizes 250,2500,25000     cold builds, builds without a change, peak memory, the write limit
    python3 run.py edits   --sizes 2500               saved file to changed bytes over HTTP
    python3 run.py compare --sizes 250                same pages, same text?
    python3 run.py report                             the tables, as Markdown
    python3 run.py manual                             the same into the pages of the manual

The tools take turns, so that each run of one stands beside a run of every other. --tools kairan,hugo picks tools; a tool whose program is not there is left out. Results are collected in
$BENCH_WORK/results.json, one entry for each measurement, so parts can be run again one by one.

Settings (environment): BENCH_WORK the folder for sites and results (a journaled file system, see README.md),
BENCH_KAIRAN, BENCH_HUGO, BENCH_ZOLA, BENCH_NODE the programs (else the release build of this repository, and by name
on PATH), BENCH_NICE the priority of what is measured, BENCH_QUIET for how many seconds to wait for a quiet machine,
BENCH_NODE_MODULES the installed packages of flavours/eleventy, BENCH_RUSTC the compiler of writelimit.rs.
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

import live

HERE = Path(__file__).resolve().parent
WORK = Path(os.environ.get("BENCH_WORK", HERE.parent / "target" / "bench")).resolve()
RESULTS = WORK / "results.json"
TICK = os.sysconf("SC_CLK_TCK")
# On a machine that others use: BENCH_NICE=-19 puts every measured program before theirs.
PRIORITY = ["nice", "-n", os.environ["BENCH_NICE"]] if os.environ.get("BENCH_NICE") else []
QUIET = float(os.environ.get("BENCH_QUIET", "60"))


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
    serve: list = field(default_factory=list)      # its server, with {port}
    files: dict = field(default_factory=dict)      # what is edited while it serves: folders of content and data, two files

    def site(self, n):
        return WORK / "sites" / str(n) / self.name


NODE = prog("node")
KAIRAN, HUGO, ZOLA = prog("kairan", HERE.parent / "target" / "release" / "kairan"), prog("hugo"), prog("zola")
ELEVENTY = [NODE, "node_modules/@11ty/eleventy/cmd.cjs"]
MODULES = Path(os.environ.get("BENCH_NODE_MODULES", WORK / "eleventy" / "node_modules"))

TOOLS = {t.name: t for t in [
    Tool("kairan", KAIRAN, [KAIRAN, "build"], "public", [KAIRAN, "--version"], caches=[".kairan-cache"],
         serve=[KAIRAN, "serve", "--port", "{port}"],
         files={"content": "content", "data": "content/data", "template": "themes/bench/templates/base.html",
                "style": "themes/bench/static/css/site.css"}),
    Tool("hugo", HUGO, [HUGO, "--quiet"], "public", [HUGO, "version"], caches=["resources", ".hugo_build.lock"],
         serve=[HUGO, "server", "--bind", "127.0.0.1", "--port", "{port}"],
         files={"content": "content", "data": "data", "template": "layouts/baseof.html", "style": "static/css/site.css"}),
    Tool("eleventy", NODE, ELEVENTY + ["--quiet"], "_site", ELEVENTY + ["--version"], modules=True, max_n=2500,
         serve=ELEVENTY + ["--serve", "--incremental", "--quiet", "--port={port}"],
         files={"content": "src/content", "data": "src/_data", "template": "src/_includes/site.js",
                "style": "static/css/site.css"}),
    Tool("zola", ZOLA, [ZOLA, "build"], "public", [ZOLA, "--version"], max_n=2500,
         serve=[ZOLA, "serve", "--interface", "127.0.0.1", "--port", "{port}"],
         files={"content": "content", "data": "content/data", "template": "templates/base.html",
                "style": "static/css/site.css"}),
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


def wait_quiet(limit=QUIET):
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
        p = subprocess.Popen(PRIORITY + cmd, cwd=cwd, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
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
        known = [t for t in tools if n <= t.max_n and t.site(n).is_dir()]
        found = {t.name: {"cold": [], "again": [], "limit": []} for t in known}
        for t in known:
            link_modules(t, t.site(n))
        for i in range(runs):
            for t in known:
                build_once(t, n, found[t.name], f"{i + 1}/{runs}", with_limit=not args.no_limit)
        for t in known:
            store(f"build/{n}/{t.name}", {**found[t.name], "out": tree_facts(t.site(n) / t.out)})


def build_once(tool, n, found, which, with_limit):
    """One cold build, one without a change, and the write limit of what came out."""
    site = tool.site(n)
    for path in [site / tool.out] + [site / cache for cache in tool.caches]:
        remove(path)
    warm(site)
    for kind in ("cold", "again"):
        found[kind].append(timed(tool.build, site))
        print(f"{tool.name} {n} {kind} {which}: {found[kind][-1]}", flush=True)
    if with_limit:
        found["limit"] += write_limit(n, tool)


def write_limit(n, tool):
    """Seconds for writing the very files that this tool wrote, with one thread and with two."""
    source, dest, seconds = tool.site(n) / tool.out, WORK / "limit", []
    for threads in (1, 2):
        remove(dest)
        subprocess.run(["sync"], check=True)
        wait_quiet()
        line = subprocess.run(PRIORITY + [str(writelimit()), str(source), str(dest), str(threads)], check=True,
                              capture_output=True, text=True).stdout.split()
        seconds.append({"threads": threads, "wall": float(line[0])})
    remove(dest)
    print(f"{tool.name} {n} write limit: {[(s['threads'], s['wall']) for s in seconds]}", flush=True)
    return seconds


def cmd_edits(args, tools):
    for n in args.sizes:
        for t in tools:
            site = t.site(n)
            if n > t.max_n or not site.is_dir() or not t.serve:
                continue
            link_modules(t, site)
            for path in [site / t.out] + [site / cache for cache in t.caches]:
                remove(path)
            subprocess.run(["sync"], check=True)
            wait_quiet()
            with open(WORK / "last.log", "wb") as log:
                store(f"edits/{n}/{t.name}", live.measure(t, site, args.runs or 5, log))


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


WORDS = {
    "en": {"tool": "tool", "pages": "HTML pages", "cold": "cold build", "range": "from – to", "cpu": "CPU",
           "memory": "peak memory", "limit": "write limit", "times": "× write limit", "again": "no change",
           "size": "### {} article pages", "edits": "### Edits, {} article pages", "ready": "start",
           "article": "article", "data figure": "figure in the data", "template": "template",
           "style sheet": "style sheet", "none": "not shown"},
    "ja": {"tool": "道具", "pages": "HTML", "cold": "初回の構築", "range": "最短〜最長", "cpu": "CPU",
           "memory": "最大メモリー", "limit": "書き込みの下限", "times": "下限の何倍か", "again": "変更なし",
           "size": "### 記事 {} ページ", "edits": "### 編集が見えるまで（記事 {} ページ）", "ready": "起動",
           "article": "記事", "data figure": "データの数値", "template": "テンプレート",
           "style sheet": "スタイルシート", "none": "反映されない"},
}


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1)] + rows
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def build_table(data, n, words):
    rows = []
    for t in TOOLS:
        b = data.get(f"build/{n}/{t}")
        if not b:
            continue
        cold, again, walls = b["cold"], b["again"], [run["wall"] for run in b["cold"]]
        wall = med(cold, "wall")
        two = [run["wall"] for run in b["limit"] if run["threads"] == 2]
        limit = statistics.median(two) if two else None
        rows.append([t, f"{b['out']['html']:,}", f"**{wall:.2f} s**", f"{min(walls):.2f} – {max(walls):.2f} s",
                     f"{med(cold, 'user') + med(cold, 'sys'):.2f} s", f"{med(cold, 'rss_mb'):.0f} MB",
                     f"{limit:.2f} s" if limit else "", f"{wall / limit:.1f}" if limit else "",
                     f"{med(again, 'wall'):.2f} s"])
    heads = ["tool", "pages", "cold", "range", "cpu", "memory", "limit", "times", "again"]
    return words["size"].format(f"{2 * n:,}") + "\n\n" + table([words[head] for head in heads], rows)


def edits_table(data, n, words):
    rows = []
    for t in TOOLS:
        e = data.get(f"edits/{n}/{t}")
        if not e:
            continue
        shown = [[run["shown"] for run in e["edits"].get(kind, [])] for kind in live.KINDS]
        cell = lambda runs: f"{statistics.median(runs) * 1000:.0f} ms" if runs and None not in runs else words["none"]
        rows.append([t, f"{e['ready']:.1f} s"] + [cell(runs) for runs in shown] + [f"{e['rss_mb']:.0f} MB"])
    heads = ["tool", "ready"] + live.KINDS + ["memory"]
    return words["edits"].format(f"{2 * n:,}") + "\n\n" + table([words[head] for head in heads], rows)


def tables(data, words):
    sizes = lambda part: sorted({int(key.split("/")[1]) for key in data if key.startswith(part + "/")})
    parts = [build_table(data, n, words) for n in sizes("build")] + [edits_table(data, n, words) for n in sizes("edits")]
    return "\n\n".join(parts) + "\n"


def cmd_report(args, tools):
    for t in tools:
        site = t.site(args.sizes[0])
        if site.is_dir():
            link_modules(t, site)
            v = subprocess.run(t.version, cwd=site, capture_output=True, text=True).stdout.strip()
            print(f"- {t.name}: {v}")
    print("\n" + tables(json.loads(RESULTS.read_text()), WORDS["en"]))


def cmd_manual(args, tools):
    """Puts the tables into the manual, below the heading of that name and up to the next of its level."""
    data = json.loads(RESULTS.read_text())
    for end, words, heading in ((".md", WORDS["ja"], "## 測定の結果"), (".en.md", WORDS["en"], "## What was measured")):
        path = HERE.parent / "content" / "guide" / f"speed{end}"
        text = path.read_text(encoding="utf-8")
        start = text.index(heading) + len(heading)
        stop = text.index("\n## ", start)
        path.write_text(text[:start] + "\n\n" + tables(data, words) + text[stop:], encoding="utf-8")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("part", choices=["corpus", "build", "edits", "compare", "report", "manual"])
    ap.add_argument("--sizes", default="250,2500", type=lambda s: [int(x) for x in s.split(",")])
    ap.add_argument("--tools", default=",".join(TOOLS))
    ap.add_argument("--runs", type=int, default=0)
    ap.add_argument("--no-limit", action="store_true")
    args = ap.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    tools = [TOOLS[x] for x in args.tools.split(",") if installed(TOOLS[x])]
    missing = [x for x in args.tools.split(",") if not installed(TOOLS[x])]
    if missing and args.part not in ("corpus", "manual"):
        print(f"left out, not installed: {', '.join(missing)}", file=sys.stderr)
    globals()[f"cmd_{args.part}"](args, tools)


if __name__ == "__main__":
    main()
