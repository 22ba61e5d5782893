"""The reading half of scripts/check-docs; its head says what the rules are.

    check-docs.py links                               relative links and anchors of all Markdown files
    check-docs.py proofs FILE                         the tests that a table of proofs names
    check-docs.py weave DOCUMENT FOLDER [FROM TO]...  a bash script out of a document
    check-docs.py compare FOLDER DOCUMENT LINE        what a block printed, and what it should
"""

import json
import os
import random
import re
import socket
import subprocess
import sys
from difflib import unified_diff
from pathlib import Path

FENCE = re.compile(r"^(```+|~~~+)\s*(.*)$")


def end(faults):
    """Prints the faults; the exit code says whether there were any."""
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


class Block:
    """A fenced block: its language, the rest of its info string, its lines; `line` is that of the opening fence."""

    def __init__(self, info, line):
        language, _, self.note = info.partition(" ")
        self.language = language
        self.note = self.note.strip()
        self.line = line
        self.lines = []

    @property
    def last(self):
        return self.line + len(self.lines) + 1

    @property
    def is_shell(self):
        return self.language in ("sh", "bash", "console")

    def commands(self):
        """The lines as bash reads them, one for each line of the document."""
        if self.language != "console":
            return self.lines
        return [line[2:] if line[:2] in ("$ ", "> ") else "" for line in self.lines]

    def shown(self, following):
        """What the block prints by the document, and whether that is a sample; None where it does not say."""
        if self.language == "console":
            rest = [line for line in self.lines if line[:2] not in ("$ ", "> ")]
            return (rest, False) if rest else None
        if following and following.language == "text":
            return following.lines, following.note == "sample"
        return None


def blocks(lines):
    """The fenced blocks of a document, each with the block right behind it (blank lines between), or None."""
    found, open_block, fence = [], None, ""
    for number, line in enumerate(lines, 1):
        mark = FENCE.match(line)
        if open_block is None and mark:
            fence, open_block = mark.group(1), Block(mark.group(2), number)
        elif open_block is not None and line.strip() == fence:
            found.append(open_block)
            open_block = None
        elif open_block is not None:
            open_block.lines.append(line)
    if open_block is not None:
        end([f"line {open_block.line}: the block has no end"])
    pairs = []
    for block, following in zip(found, found[1:] + [None]):
        near = following and not "".join(lines[block.last : following.line - 1]).strip()
        pairs.append((block, following if near else None))
    return pairs


# --- commands ----------------------------------------------------------------


def free_port():
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def weave(document, folder, *replacements):
    lines = Path(document).read_text().splitlines()
    script, shown, skipped, faults = [""] * len(lines), {}, [], []
    played = 0
    for block, following in blocks(lines):
        if not block.is_shell:
            continue
        where = f"{document}:{block.line}"
        if block.note:
            reason = block.note.removeprefix("skip:").strip()
            if not block.note.startswith("skip:") or not reason:
                faults.append(f"{where}: `{block.note}` is not `skip: REASON`")
            skipped.append(f"{where} ({reason})")
            continue
        played += 1
        expected = block.shown(following)
        if expected:
            shown[block.line] = expected
        script[block.line - 1] = f"block_begins {block.line}"
        script[block.line : block.last - 1] = block.commands()
        script[block.last - 1] = "block_ends"
        if not expected and re.search(r"\bcurl\s+(?!-\w*f)", "\n".join(block.commands())):
            faults.append(f"{where}: curl without -f in a block that does not show what it prints")
    if faults:
        end(faults)
    text = "\n".join(script) + "\n"
    ports = {}
    for port in sorted(set(re.findall(r"(?<=127\.0\.0\.1:)\d+", text)) | {"8080"}):
        ports[port] = str(free_port())
    text = re.sub(r"(?<=127\.0\.0\.1:)\d+", lambda port: ports[port.group()], text)
    for old, new in zip(replacements[::2], replacements[1::2]):
        text = text.replace(old, new)
    folder = Path(folder)
    (folder / Path(document).name).write_text(text)
    (folder / "port").write_text(ports["8080"])
    (folder / "shown.json").write_text(json.dumps({"ports": ports, "shown": shown}))
    summary = f"{played} blocks run, {len(shown)} of them show what they print"
    (folder / "summary").write_text("; not run: ".join([summary, *skipped]))


def last_paragraph(lines):
    return "\n".join(lines).strip().split("\n\n")[-1].splitlines()


def matches(expected, printed):
    pattern = ""
    for line in expected:
        if line.strip() == "…":
            pattern += r"(?:[^\n]*\n)*?"
        else:
            pattern += "[^\n]*".join(re.escape(part) for part in line.split("…")) + "\n"
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def compare(folder, document, line):
    folder = Path(folder)
    known = json.loads((folder / "shown.json").read_text())
    if line not in known["shown"]:
        return
    expected, sample = known["shown"][line]
    text = (folder / "printed").read_text()
    for documented, real in known["ports"].items():
        text = text.replace(f"127.0.0.1:{real}", f"127.0.0.1:{documented}")
    printed = [one.rstrip() for one in text.splitlines()]
    expected = [one.rstrip() for one in expected]
    if sample:
        printed, expected = last_paragraph(printed), last_paragraph(expected)
    if not matches(expected, printed):
        end([f"{document}:{line}: the block prints something else",
             *unified_diff(expected, printed, "the document", "the shop", lineterm="")])


# --- links -------------------------------------------------------------------

LINKS = (
    re.compile(r"\]\(([^()\s]+)(?:\s+\"[^\"]*\")?\)"),
    re.compile(r"^\[[^\]]+\]:\s*(\S+)"),
    re.compile(r"(?:src|href|srcset)=\"([^\"]+)\""),
)


def prose(path):
    """The lines of a document, with those of its blocks empty."""
    lines = path.read_text().splitlines()
    for block, _ in blocks(lines):
        for number in range(block.line, block.last + 1):
            lines[number - 1] = ""
    return lines


def anchors(path):
    """The anchors of a document's headings, as GitHub makes them."""
    found, count = set(), {}
    for line in prose(path):
        found.update(re.findall(r"(?:id|name)=\"([^\"]+)\"", line))
        heading = re.match(r"^#{1,6}\s+(.*?)\s*#*$", line)
        if not heading:
            continue
        text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading.group(1))
        slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        count[slug] = count.get(slug, -1) + 1
        found.add(f"{slug}-{count[slug]}" if count[slug] else slug)
    return found


def documents():
    skip = {"target", "node_modules", ".git"}
    for folder, folders, files in os.walk("."):
        folders[:] = sorted(set(folders) - skip)
        yield from (Path(folder, name) for name in sorted(files) if name.endswith(".md"))


def links():
    faults, seen = [], 0
    for path in documents():
        for number, line in enumerate(prose(path), 1):
            line = re.sub(r"`[^`]*`", "", line)
            for link in (link for pattern in LINKS for link in pattern.findall(line)):
                if re.match(r"[a-z][a-z+.-]*:|//", link):
                    continue
                seen += 1
                name, _, anchor = link.partition("#")
                target = path.parent / name if name else path
                if not target.exists():
                    faults.append(f"{path}:{number}: {link} leads nowhere")
                elif anchor and target.suffix == ".md" and anchor not in anchors(target):
                    faults.append(f"{path}:{number}: {link}: {target} has no such heading")
    if not faults:
        print(f"{seen} relative links lead somewhere")
    end(faults)


# --- proofs ------------------------------------------------------------------

TEST = re.compile(r"#\[(?:[a-z_]+::)?(?:test|rstest)\b[^\]]*\]\s*(?:#\[[^\n]*\]\s*|//[^\n]*\n\s*)*"
                  r"(?:async\s+)?fn\s+([a-z0-9_]+)", re.DOTALL)


def sources():
    """Each test of the sources as (its name, its file's text, the names of its file and folders)."""
    for path in [*Path("crates").rglob("*.rs"), *Path("migration").rglob("*.rs")]:
        text = path.read_text()
        names = set(path.with_suffix("").parts)
        for name in TEST.findall(text):
            yield name, names | set(re.findall(r"\bmod\s+([a-z0-9_]+)", text))


def proofs(path):
    """A test is `module::name`, or `module::*` for all of a module, in any crate."""
    tests = list(sources())
    faults, seen = [], 0
    for number, line in enumerate(Path(path).read_text().splitlines(), 1):
        for named in re.findall(r"`([a-z0-9_]+(?:::[a-z0-9_]+)*::(?:[a-z0-9_]+|\*))`", line):
            seen += 1
            *modules, name = named.split("::")
            if not any(name in ("*", test) and set(modules) <= places for test, places in tests):
                faults.append(f"{path}:{number}: there is no test {named}")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and re.search(r"…::|::[^`|]*\.rs|\.rs::|_…", cells[-1]):
            faults.append(f"{path}:{number}: a test is written as `module::name`")
    if not faults:
        print(f"{seen} names of tests in {path} are those of tests")
    end(faults)


if __name__ == "__main__":
    {"links": links, "proofs": proofs, "weave": weave, "compare": compare}[sys.argv[1]](*sys.argv[2:])
