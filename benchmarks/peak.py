"""The most memory that a process ever had."""

from __future__ import annotations

from pathlib import Path

import psutil


def peak_mb(process: psutil.Process) -> float:
    """Most resident memory so far where the system tells (Linux), else that of now; in MiB."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        return float(process.memory_info().rss) / 2**20
