"""Live edits: how long from a saved file until the changed bytes come over HTTP. Used by run.py."""
import http.client
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urljoin

TICK = os.sysconf("SC_CLK_TCK")
KINDS = ["article", "data figure", "template", "style sheet"]


# ------------------------------------------------------------------ a server and what it costs

def tree(pid):
    """A process and all below it."""
    pids = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            pids += [p for child in task.read_text().split() for p in tree(int(child))]
        except OSError:
            pass
    return pids


def cpu(pid):
    total = 0
    for p in tree(pid):
        try:
            fields = Path(f"/proc/{p}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return total / TICK


def rss(pid):
    total = 0
    for p in tree(pid):
        try:
            found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{p}/status").read_text())
            total += int(found.group(1)) if found else 0
        except OSError:
            pass
    return total / 1024


class Client:
    """Asks as a browser does, over one connection."""

    def __init__(self, port):
        self.port, self.connection = port, None

    def get(self, url):
        """The text at url, or None where there is no good answer."""
        for _ in (0, 1):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.connection.request("GET", url, headers={"Sec-Fetch-Mode": "navigate", "Accept": "text/html,*/*"})
                answer = self.connection.getresponse()
                text = answer.read().decode("utf-8", "replace")
                return text if answer.status == 200 else None
            except (OSError, http.client.HTTPException):
                self.connection = None
        return None

    def styles(self, url):
        """The style sheets of the page at url: their names change with their content where a tool writes a hash."""
        links = re.findall(r'<link[^>]*rel="?stylesheet"?[^>]*>', self.get(url) or "")
        sheets = [re.search(r'href="?([^" >]+)', link).group(1) for link in links]
        return "".join(self.get(urljoin(url, re.sub(r"^https?://[^/]+", "", sheet))) or "" for sheet in sheets)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def settle(pid, start, quiet=0.6, limit=120):
    """Seconds from start until the server stopped using CPU."""
    last, seen = time.perf_counter(), cpu(pid)
    while time.perf_counter() - last < quiet and time.perf_counter() - start < limit:
        time.sleep(0.02)
        now = cpu(pid)
        if now - seen > 0.011:
            last, seen = time.perf_counter(), now
    return last - start


# ------------------------------------------------------------------ edits

def edits(site, files):
    """kind -> (file, what to ask for, how to change its text). `files`: where the tool has its content, data, …"""
    articles = sorted((site / files["content"]).glob("*/a*[0-9].md"), key=lambda path: path.stem)
    article = articles[len(articles) // 2]
    page = f"/{article.parent.name}/{article.stem}/"
    hospital = re.search(r"hospitals?: \[?(h\d+)", article.read_text(encoding="utf-8")).group(1)

    def body(text, mark):
        end = text.index("\n---\n", 4) + 5
        return text[:end] + "\n" + mark + text[end:].lstrip("\n")

    def figure(text, mark):
        # `beds: 286` of the hospital of the article, on the line of its id or below it.
        at = re.search(rf"(?:^|id: ){hospital}\b", text, flags=re.M).start()
        return text[:at] + re.sub(r"beds: \d+", f"beds: {mark}", text[at:], count=1)

    def template(text, mark):
        return text.replace("</footer>", f"<p>{mark}</p></footer>", 1)

    def style(text, mark):
        return text + f"\n.m{mark}{{color:red}}\n"

    return {
        "article": (article, lambda client: client.get(page), body),
        "data figure": (site / files["data"] / "hospitals.yaml", lambda client: client.get(page), figure),
        "template": (site / files["template"], lambda client: client.get(page), template),
        "style sheet": (site / files["style"], lambda client: client.styles(page), style),
    }


def until(client, ask, good, start, timeout):
    """Seconds from start until the answer is good; None where it never is."""
    while time.perf_counter() - start < timeout:
        text = ask(client)
        if text is not None and good(text):
            return time.perf_counter() - start
        time.sleep(0.002)
    return None


def edit(client, pid, plan, mark, timeout):
    """Saves a change in place, as most editors do, waits for it, and takes it back."""
    path, ask, change = plan
    original = path.read_text(encoding="utf-8")
    changed = change(original, mark)
    assert changed != original, (path, mark)
    before, start = cpu(pid), time.perf_counter()
    path.write_text(changed, encoding="utf-8")
    shown = until(client, ask, lambda text: mark in text, start, timeout)
    settled = settle(pid, start)
    used = cpu(pid) - before
    start = time.perf_counter()
    path.write_text(original, encoding="utf-8")
    until(client, ask, lambda text: mark not in text, start, timeout)
    settle(pid, start)
    return {"shown": shown, "settled": settled, "cpu": round(used, 2)}


def measure(tool, site, runs, log, kinds=KINDS, timeout=20):
    """Starts the server of a tool and times edits of each kind."""
    port, plan = free_port(), edits(site, tool.files)
    start = time.perf_counter()
    server = subprocess.Popen([part.format(port=port) for part in tool.serve], cwd=site, stdout=log, stderr=log,
                              stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        client = Client(port)
        ready = None
        while ready is None and time.perf_counter() - start < 300 and server.poll() is None:
            if "</footer>" in (plan["article"][1](client) or ""):
                ready = time.perf_counter() - start
            time.sleep(0.02)
        if ready is None:
            raise SystemExit(f"{tool.name}: no page from its server")
        settle(server.pid, start)
        result = {"ready": ready, "edits": {}}
        for kind in kinds:
            # Marks of digits, for a figure has to be one.
            marks = [f"{7000 + 10 * KINDS.index(kind) + run}" for run in range(runs)]
            result["edits"][kind] = []
            for mark in marks:
                result["edits"][kind].append(edit(client, server.pid, plan[kind], mark, timeout))
                time.sleep(0.3)
            print(tool.name, kind, [edit["shown"] and round(edit["shown"] * 1000) for edit in result["edits"][kind]], "ms",
                  flush=True)
        result["rss_mb"] = rss(server.pid)
        return result
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
