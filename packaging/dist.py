"""`make dist`: from the wheel and the lock, a Debian package and a folder that runs by itself, in build/dist."""

import compileall
import gzip
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT / "scripts")]

import qt_parts  # noqa: E402
from runtime_lock import LOCK, needed, runtime_lines  # noqa: E402
from system_libraries import LIBRARIES  # noqa: E402

OUT = ROOT / "build" / "dist"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
EPOCH = 1_767_225_600  # 2026-01-01: the time of every packed file, so that the same sources give the same package
LAUNCHER = '#!/bin/sh\nexec /usr/bin/python3 -P -s /usr/lib/foiadesk/foiadesk/__main__.py "$@"\n'
LEFT_OUT = ("pip", "pip-*", "bin", "sqlite_utils/__pycache__")  # sqlite-utils asks for pip, and never imports it


def run(*command: str | Path, **more: object) -> str:
    """Run a command, showing what it said only when it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **more)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def build_wheel() -> Path:
    """Build the wheel and return it."""
    folder = OUT / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, target: Path) -> None:
    """Put the wheel and everything it needs, by the lock's hashes, into one folder, without what is never loaded."""
    shutil.rmtree(target, ignore_errors=True)
    wanted = OUT / "runtime.txt"
    wanted.write_text(runtime_lines(LOCK.read_text(encoding="utf-8"), needed()), encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps")
    run(*pip, "--require-hashes", "--only-binary", ":all:", "--target", target, "-r", wanted)
    run(*pip, "--target", target, wheel)
    for pattern in LEFT_OUT:
        for path in target.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    qt_parts.prune(target / "PySide6")
    for path in [*target.rglob("*.pyi"), *target.rglob("tests")]:
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()


def draw_icons(folder: Path) -> None:
    """Write the program's icon in every size desktops ask for, and the drawing itself."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication([])
    source = ROOT / "resources" / "icons" / "foiadesk.svg"
    drawing = QSvgRenderer(str(source))
    for size in SIZES:
        target = folder / f"{size}x{size}" / "apps" / "foiadesk.png"
        target.parent.mkdir(parents=True)
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        drawing.render(painter, QRectF(0, 0, size, size))
        painter.end()
        image.save(str(target))
    target = folder / "scalable" / "apps" / "foiadesk.svg"
    target.parent.mkdir(parents=True)
    shutil.copy(source, target)
    del app


def share(folder: Path) -> None:
    """Fill a share/ folder with what a desktop needs to know of the program."""
    for name, where in (
        ("foiadesk.desktop", "applications/foiadesk.desktop"),
        ("foiadesk.metainfo.xml", "metainfo/org.foiadesk.FOIADesk.metainfo.xml"),
        ("foiadesk-mime.xml", "mime/packages/foiadesk.xml"),
    ):
        target = folder / where
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / name, target)
    draw_icons(folder / "icons" / "hicolor")
    manual = folder / "man" / "man1" / "foiadesk.1.gz"
    manual.parent.mkdir(parents=True)
    with gzip.GzipFile(manual, "wb", mtime=EPOCH) as out:
        out.write((ROOT / "docs" / "foiadesk.1").read_bytes())


def settle(folder: Path) -> None:
    """Give everything below a folder one time and plain rights: 0755 for folders and programs, 0644 for files."""
    for path in [*folder.rglob("*"), folder]:
        if path.is_symlink():
            continue
        runs = path.is_dir() or (path.stat().st_mode & stat.S_IXUSR and path.parent.name == "bin")
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (EPOCH, EPOCH))


def version() -> str:
    """Return the version the package says of itself."""
    sys.path.insert(0, str(ROOT))
    from foiadesk import __version__

    return __version__


def debian(wheel: Path) -> Path:
    """Make the Debian package and return it. It runs on the Python it was built with, and says so in its needs."""
    tree = OUT / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    install(wheel, tree / "usr" / "lib" / "foiadesk")
    compileall.compile_dir(
        tree / "usr" / "lib" / "foiadesk", quiet=2, stripdir=str(tree), prependdir="/",
        invalidation_mode=__import__("py_compile").PycInvalidationMode.UNCHECKED_HASH,
    )  # fmt: skip
    launcher = tree / "usr" / "bin" / "foiadesk"
    launcher.parent.mkdir(parents=True)
    launcher.write_text(LAUNCHER, encoding="ascii")
    launcher.chmod(0o755)
    share(tree / "usr" / "share")
    doc = tree / "usr" / "share" / "doc" / "foiadesk"
    doc.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", doc / "copyright")
    with gzip.GzipFile(doc / "changelog.gz", "wb", mtime=EPOCH) as out:
        out.write((ROOT / "CHANGELOG.md").read_bytes())
    control = tree / "DEBIAN"
    control.mkdir()
    settle(tree)
    files = sorted(path for path in (tree / "usr").rglob("*") if path.is_file() and not path.is_symlink())
    sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(tree)}\n" for path in files]  # noqa: S324
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    (control / "control").write_text(_control(sum(path.stat().st_size for path in files)), encoding="utf-8")
    target = OUT / f"foiadesk_{version()}_{run('dpkg', '--print-architecture')}.deb"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, target, env=environment)
    return target


def _control(size: int) -> str:
    major, minor = sys.version_info[:2]
    libraries = ", ".join(sorted(set(LIBRARIES.values())))
    return (
        f"Package: foiadesk\nVersion: {version()}\nArchitecture: {run('dpkg', '--print-architecture')}\n"
        f"Maintainer: The FOIADesk maintainers <maintainers@foiadesk.example>\nInstalled-Size: {size // 1024}\n"
        f"Depends: python3 (>= {major}.{minor}~), python3 (<< {major}.{minor + 1}), {libraries}\n"
        "Suggests: tesseract-ocr, tesseract-ocr-spa, fonts-noto-core\nSection: misc\nPriority: optional\n"
        "Description: public records requests on a private, encrypted desk\n"
        " FOIADesk drafts public records requests and typesets them as PDFs, keeps every\n"
        " answer by its exact bytes, counts every legal deadline and shows how it was\n"
        " counted. Everything lies in one encrypted folder; no network is ever used.\n"
    )


def one_folder(wheel: Path) -> Path:
    """Make a folder with a Python of its own and everything else inside, packed; return the archive."""
    site, folder = OUT / "site", OUT / f"FOIADesk-{version()}-{os.uname().machine}"
    install(wheel, site)
    shutil.rmtree(folder, ignore_errors=True)
    run(sys.executable, HERE / "freeze.py", site, folder, cwd=OUT)
    qt = folder / "lib" / "PySide6" / "Qt"
    shutil.rmtree(qt, ignore_errors=True)  # as pruned, not as guessed
    shutil.copytree(site / "PySide6" / "Qt", qt)
    share(folder / "share")
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    (folder / "README.txt").write_text(
        "FOIADesk in one folder. Start it with ./foiadesk; ./foiadesk --help lists its commands.\n"
        "share/ holds the icon, the entry for a desktop's menu and the manual page.\n",
        encoding="ascii",
    )
    target = folder.with_name(f"{folder.name}.tar.xz")
    with tarfile.open(target, "w:xz", preset=3) as archive:
        archive.add(folder, folder.name, filter=_anonymous)
    return target


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = EPOCH
    return entry


def main() -> int:
    """Build both, or the one named: deb, folder."""
    wanted = sys.argv[1:] or ["deb", "folder"]
    OUT.mkdir(parents=True, exist_ok=True)
    wheel = build_wheel()
    for name in wanted:
        print({"deb": debian, "folder": one_folder}[name](wheel))
    return 0


if __name__ == "__main__":
    sys.exit(main())
