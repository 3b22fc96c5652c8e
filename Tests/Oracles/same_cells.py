#!/usr/bin/env python3
"""Compares the tables of results/ with those of an older commit, cell by cell.

    Tests/Oracles/same_cells.py c25c9b6 [PROFILE...]

Columns that were added since are named and left out, and so are those that moved into another table of
the stage; every other cell must be as it was. Exits 1 where one is not.
"""
import csv
import io
import subprocess
import sys
from pathlib import Path


def old(commit, path):
    return subprocess.run(
        ["git", "show", f"{commit}:{path}"], capture_output=True, text=True, check=True
    ).stdout


def moved(path, column):
    """The column in another table of the same stage: the table's name and the cells, or None."""
    for other in sorted(Path(path).parent.glob("*.csv")):
        rows = list(csv.DictReader(io.StringIO(other.read_text())))
        if str(other) != path and rows and column in rows[0]:
            return other.name, [row[column] for row in rows]
    return None


def main():
    commit, profiles = sys.argv[1], sys.argv[2:] or ["demo", "standard", "paper"]
    status = 0
    for profile in profiles:
        names = subprocess.run(
            ["git", "ls-tree", "-r", "--name-only", commit, f"results/{profile}"],
            capture_output=True, text=True, check=True).stdout.split("\n")
        tables = cells = 0
        for name in names:
            if not name.endswith(".csv") or name.endswith(("/index.csv", "/runs.csv")):
                continue
            if not Path(name).exists():
                print(f"gone: {name}")
                continue
            before = list(csv.DictReader(io.StringIO(old(commit, name))))
            now = list(csv.DictReader(io.StringIO(Path(name).read_text())))
            tables += 1
            if before and now and (added := [c for c in now[0] if c not in before[0]]):
                print(f"added: {name}: {', '.join(added)}")
            for column in [c for c in (before or [{}])[0] if now and c not in now[0]]:
                if found := moved(name, column):
                    print(f"moved: {name}: {column} to {found[0]}")
                    for row, cell in zip(now, found[1]):
                        row[column] = cell
            if len(before) != len(now):
                print(f"rows: {name}: {len(before)} were, {len(now)} are")
                status = 1
            for i, (a, b) in enumerate(zip(before, now)):
                for column, value in a.items():
                    cells += 1
                    if b.get(column) != value:
                        print(f"differs: {name}: row {i + 1}, {column}: {value} was, "
                              f"{b.get(column)} is")
                        status = 1
        print(f"{profile}: {tables} tables, {cells} cells compared")
    return status


if __name__ == "__main__":
    sys.exit(main())
