"""What is handed out works where nothing else is: the Debian package and the one folder, each in a bare Debian root."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.proof

STORY = """
set -eu
export FOIADESK_PASSPHRASE='four herons wait' HOME=/root
rm -rf /root/Sample
PROGRAM sample /root/Sample --today 2026-06-08
PROGRAM --desk /root/Sample due --json > /root/due.json
PROGRAM --desk /root/Sample letter render overdue_notice 1 -o /root/letter.pdf --today 2026-06-08
PROGRAM --desk /root/Sample in-tray
PROGRAM --desk /root/Sample verify
set +e
QT_QPA_PLATFORM=offscreen timeout 15 PROGRAM open /root/Sample > /root/window.log 2>&1
echo "window $?"
QT_QPA_PLATFORM=xcb DISPLAY=:59977 timeout 15 PROGRAM open /root/Sample > /root/xcb.log 2>&1
grep -c 'could not connect to display' /root/xcb.log
cat /root/window.log
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build both from this checkout."""
    checkout = Path(__file__).resolve().parents[2]
    done = subprocess.run(["make", "-s", "dist"], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    made = [Path(line) for line in done.stdout.splitlines() if line.endswith((".deb", ".tar.xz"))]
    assert {path.suffix for path in made} == {".deb", ".xz"}
    return {path.suffix: path for path in made}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a bare root of this very Debian: no Qt, no Python, only what the base system has."""
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        pytest.skip("making a bare root takes root and debootstrap")
    said = Path("/etc/os-release").read_text(encoding="utf-8")
    name = re.search(r"^VERSION_CODENAME=(\w+)", said, re.MULTILINE)
    if name is None:
        pytest.skip("this is no Debian")
    root = tmp_path_factory.mktemp("bare") / "root"
    sources = sorted(Path("/etc/apt/sources.list.d").glob("*.sources"))
    mirrors = re.findall(r"^URIs: *(\S+)", "\n".join(path.read_text() for path in sources), re.MULTILINE)
    command = ["debootstrap", "--variant=minbase", name[1], str(root), *mirrors[:1]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"debootstrap could not make a root: {done.stderr[-200:]}")
    (root / "etc/apt/sources.list").unlink(missing_ok=True)
    for path in sources:
        shutil.copy(path, root / "etc/apt/sources.list.d")
    shutil.copytree("/etc/apt/apt.conf.d", root / "etc/apt/apt.conf.d", dirs_exist_ok=True)
    for path in ("/etc/resolv.conf", "/etc/hosts"):
        shutil.copy(path, root / path.lstrip("/"))
    return root


def inside(root: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in the root, with mounts of its own that vanish with it."""
    (root / "root/script.sh").write_text(script, encoding="utf-8")
    mounts = (
        f"mount -t proc proc {root}/proc && mount --bind /dev {root}/dev && exec chroot {root} bash /root/script.sh"
    )
    kept = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    return subprocess.run(
        ["unshare", "--mount", "bash", "-c", mounts],
        env={**kept, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        text=True,
        check=False,
    )


def told(root: Path, program: str) -> None:
    """Do the main job with the program as handed out."""
    done = inside(root, STORY.replace("PROGRAM", program))
    said = done.stdout.splitlines()
    assert "The desk is whole: 15 stored files" in done.stdout, done.stdout + done.stderr
    assert "window 124" in said, done.stdout + done.stderr  # it stayed open until it was ended
    assert said[said.index("window 124") + 1 :] == ["1"], said  # Qt's X11 part loads; nothing was complained of
    assert (root / "root/letter.pdf").read_bytes().startswith(b"%PDF-")
    assert '"title"' in (root / "root/due.json").read_text(encoding="utf-8")


def test_the_debian_package_brings_what_it_needs_and_works(built, bare):
    shutil.copy(built[".deb"], bare / "root/foiadesk.deb")
    done = inside(bare, "apt-get update -q && apt-get install -q -y --no-install-recommends /root/foiadesk.deb")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    told(bare, "foiadesk")
    menu = (bare / "usr/share/applications/foiadesk.desktop").read_text(encoding="utf-8")
    assert "Exec=foiadesk open %F" in menu
    said = inside(bare, "gzip -dc /usr/share/man/man1/foiadesk.1.gz").stdout
    assert said == (Path(__file__).resolve().parents[2] / "docs/foiadesk.1").read_text(encoding="utf-8")
    assert (bare / "usr/share/icons/hicolor/48x48/apps/foiadesk.png").read_bytes().startswith(b"\x89PNG")


def test_the_one_folder_works_without_any_python(built, bare):
    inside(bare, "rm -rf /opt/try && mkdir -p /opt/try")
    subprocess.run(["tar", "-xf", str(built[".xz"]), "-C", str(bare / "opt/try")], check=True)
    (folder,) = (bare / "opt/try").iterdir()
    libraries = "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxkbcommon-x11-0 libglib2.0-0"
    inside(bare, f"apt-get update -q && apt-get install -q -y --no-install-recommends {libraries}")
    inside(bare, "mv /usr/bin/python3.11 /usr/bin/hidden 2>/dev/null; true")
    told(bare, f"/opt/try/{folder.name}/foiadesk")


@pytest.mark.parametrize("kind", [".deb", ".xz"])
def test_nothing_of_a_network_and_nothing_of_this_machine_is_handed_out(built, kind):
    if kind == ".deb":
        listed = subprocess.run(["dpkg-deb", "-c", str(built[kind])], capture_output=True, text=True, check=True).stdout
    else:
        listed = subprocess.run(["tar", "-tvf", str(built[kind])], capture_output=True, text=True, check=True).stdout
    for part in ("QtNetwork", "libQt6Network", "libQt6Qml", "/tls/", "WebEngine"):
        assert part not in listed, part
    assert sys.prefix not in listed
    owners = {line.split()[1] for line in listed.splitlines()}
    assert owners <= {"root/root", "0/0"}
