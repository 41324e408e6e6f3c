"""A worker that misbehaves on command, locked in by the real code; started by path from test_worker.py."""

import os
import signal
import sys
from pathlib import Path

sys.path.append(sys.argv[1])

from foiadesk.intake import worker


def hang(_held, _request):
    while True:
        signal.pause()


def burn(_held, _request):
    while True:
        pass


def devour(_held, _request):
    kept = []
    while True:
        kept.append(bytearray(16 * 1024 * 1024))


def flood(held, _request):
    return {}, [b"x" * (held.limits.output + 1)]


def flood_unchecked(held, _request):
    header = b'{"payloads": [%d]}' % (held.limits.output + 1)
    os.write(SINK.fileno(), len(header).to_bytes(4, "big") + header)
    return hang(held, _request)


def endless_header(_held, _request):
    os.write(SINK.fileno(), b"\xff\xff\xff\xff")
    return hang(_held, _request)


def crash(_held, _request):
    import ctypes

    ctypes.string_at(0)


def raise_unexpectedly(_held, _request):
    raise ZeroDivisionError


def close_pipe(_held, _request):
    os.close(SINK.fileno())
    return hang(_held, _request)


def leave(_held, _request):
    os._exit(0)


def babble(_held, _request):
    os.write(SINK.fileno(), b"this is no frame, whatever it is, and it goes on")
    return hang(_held, _request)


def print_loudly(_held, _request):
    print("printed text must not reach the pipe", flush=True)
    os.write(1, b"neither must this\n")
    return {}, [b"quiet"]


def wrong_form(_held, request):
    forms = {
        "no field": ({}, []),
        "no text": ({"kind": 3, "media_type": 4, "pages": -1, "title": None}, []),
        "unknown refusal": ({"refused": "<b>foreign text</b>", "numbers": {}}, []),
        "odd refusal": ({"refused": "no_page", "numbers": {"what": "text"}}, []),
    }
    return forms[request["name"]]


def try_escape(_held, request):
    """Say how each forbidden act was answered."""
    import ctypes

    said = {}

    def attempt(name, act):
        try:
            act()
        except OSError as error:
            said[name] = error.errno
        else:
            said[name] = 0

    import _socket

    attempt("socket", lambda: _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM))
    attempt("unix", lambda: _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM))
    attempt("fork", os.fork)
    attempt("exec", lambda: os.execv("/bin/true", ["true"]))
    attempt("kill", lambda: os.kill(os.getppid(), 0))
    attempt("read", lambda: os.close(os.open(request["name"], os.O_RDONLY)))
    attempt("write", lambda: os.close(os.open(request["name"] + ".new", os.O_WRONLY | os.O_CREAT)))
    attempt("passwords", lambda: os.close(os.open("/etc/passwd", os.O_RDONLY)))
    attempt("memory", lambda: os.close(os.open(f"/proc/{os.getppid()}/mem", os.O_RDONLY)))
    libc = ctypes.CDLL(None, use_errno=True)
    said["ptrace"] = ctypes.get_errno() if libc.ptrace(16, os.getppid(), 0, 0) else 0
    said["environment"] = sorted(os.environ)
    said["folder"] = str(Path.cwd())
    said["open"] = 0
    for descriptor in range(64):
        try:
            os.fstat(descriptor)
            said["open"] += 1
        except OSError:
            pass
    import json

    return {}, [json.dumps(said).encode()]


HANDLERS = {
    **worker.HANDLERS,
    **{
        act.__name__: act
        for act in (
            hang, burn, devour, flood, flood_unchecked, endless_header, crash, raise_unexpectedly, close_pipe, leave,
            babble, print_loudly, wrong_form, try_escape,
        )
    },
}  # fmt: skip

_pipes = worker._pipes


def _remembering_pipes():
    global SINK
    source, SINK = _pipes()
    return source, SINK


worker._pipes = _remembering_pipes
sys.exit(worker.serve(HANDLERS))
