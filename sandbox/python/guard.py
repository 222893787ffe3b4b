"""Runs one emulator and takes it down with everything it started, whatever happens to the launcher.

The launcher holds the writing end of this process's standard input and never writes to it. When the launcher ends
- orderly, by a signal, or killed without a chance to say so - the pipe closes, and the guard ends the emulator. That
is the one signal that also survives SIGKILL of the launcher, and it is the same on Linux and macOS.

Usage: guard.py SCRATCH COMMAND...   SCRATCH is a directory that goes away together with the command, or "-".
"""

import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
import time

PATIENCE = 1.5  # seconds between asking (TERM) and making sure (KILL)


def leave_the_terminal():
    """A session of its own: Ctrl-C and a closed terminal reach the launcher only, which then ends us in order."""
    try:
        os.setsid()
    except OSError:
        pass  # already a group leader: then we have our own group anyway


def adopt_orphans():
    """On Linux, grandchildren whose parent died become ours, so that none can slip away by being re-parented."""
    if sys.platform.startswith("linux"):
        try:
            ctypes.CDLL(None, use_errno=True).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
        except (OSError, AttributeError):
            pass


def parents():
    """Pairs of process and parent, of the whole machine: from /proc where there is one, else from ps (macOS)."""
    if os.path.exists("/proc/self/stat"):
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
                    yield int(pid), int(stat.read().rpartition(")")[2].split()[1])
            except OSError:
                pass  # it ended between the two looks
        return
    try:
        table = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, timeout=2, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return
    for line in table.splitlines():
        pid, parent = (int(word) for word in line.split())
        yield pid, parent


def descendants(root):
    """Every process below `root`, also those that moved to a group or session of their own."""
    children = {}
    for pid, parent in parents():
        children.setdefault(parent, []).append(pid)
    found, front = set(), [root]
    while front:
        for pid in children.get(front.pop(), []):
            if pid not in found:
                found.add(pid)
                front.append(pid)
    return found


def send(kill, target, signum):
    """Sends a signal to a process or group that may have ended already. True if it still existed."""
    try:
        kill(target, signum)
        return True
    except (ProcessLookupError, PermissionError):  # macOS says EPERM for a group of zombies
        return False


def reap(child):
    """Reaps zombies: the child and adopted grandchildren."""
    child.poll()
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                return
        except ChildProcessError:
            return


def end(child):
    """Sends TERM to the whole group, waits a moment, then kills the rest of it and every stray descendant."""
    strays = descendants(os.getpid())
    send(os.killpg, child.pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        reap(child)
        if not send(os.killpg, child.pid, 0):
            break
        time.sleep(0.05)
    send(os.killpg, child.pid, signal.SIGKILL)
    for pid in strays | descendants(os.getpid()):
        send(os.kill, pid, signal.SIGKILL)
    reap(child)


def main(scratch, command):
    leave_the_terminal()
    adopt_orphans()
    ending = []
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(signum, lambda number, _frame: ending.append(number))
    signal.signal(signal.SIGCHLD, lambda *_: None)  # only to wake the wait below

    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    while child.poll() is None and not ending:
        readable, _, _ = select.select([0, wake_read], [], [], 1.0)
        if wake_read in readable:
            os.read(wake_read, 512)
        if 0 in readable and not os.read(0, 512):
            break
    code = child.poll()  # None: it is we who end it
    end(child)
    if scratch != "-":
        shutil.rmtree(scratch, ignore_errors=True)
    sys.exit(0 if code is None else code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
