"""Write files: the new content is written to a temporary file, which then replaces the file atomically."""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import suppress
from functools import partial

from pinhook import signals
from pinhook._startup.namedtuple import TYPE_CHECKING
from pinhook.repository import discovery
from pinhook.repository.opening import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterator


def write(path: str, content: bytes) -> None:
    """Write a file or a device. Raises ``OSError``."""
    if _is_special(path):
        with open(path, "wb") as device:
            device.write(content)
        return
    if leads_out(path, stays_in_folder=False):
        raise OSError(errno.EACCES, "leads out of the repository, so it was not written")
    _replace(os.path.realpath(path), content)


def rewrite(path: str, before: bytes, after: bytes) -> None:
    """Replace the content of a file, or of the file that a symbolic link points to.

    Keeps mode, owner and extended attributes. Raises ``OSError`` and leaves the file unchanged if it has changed since
    ``before`` was read, is read-only, has another hard link (which would keep the old content), or is a symbolic link
    that leads out of the repository.
    """
    if leads_out(path, stays_in_folder=True):
        raise _not_changed(errno.EACCES, "leads out of the repository")
    path = os.path.realpath(path)
    with open_regular(path) as file:
        status = os.fstat(file.fileno())
        content = file.read(len(before) + 1)
    if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise _not_changed(errno.EACCES, "is read-only")
    if status.st_nlink > 1:
        raise _not_changed(errno.EMLINK, "has more than one hard link")
    if content != before:
        raise _not_changed(errno.EBUSY, "has changed in the meantime")
    _replace(path, after, status)


def _not_changed(number: int, reason: str) -> OSError:
    return OSError(number, f"{reason}, so it was not changed")


def leads_out(path: str, *, stays_in_folder: bool) -> bool:
    """Whether a symbolic link in the path of a file leads out of the repository that contains the link.

    The repository is the git checkout, or else the working directory. ``stays_in_folder``: if the file itself is a link
    that is in neither, it must point into its own folder. Other links that are in neither are not checked.
    """
    whole = os.path.abspath(path)
    here = os.path.realpath(os.getcwd())
    for link in filter(os.path.islink, _with_parents(whole)):
        folder = os.path.realpath(os.path.dirname(link))
        root = discovery.repository_root(folder) or (here if discovery.is_below(folder, here) else None)
        if root is None and stays_in_folder and link == whole:
            root = folder
        if root and not discovery.is_below(os.path.realpath(link), root):
            return True
    return False


def _with_parents(path: str) -> Iterator[str]:
    while path != os.path.dirname(path):
        yield path
        path = os.path.dirname(path)


def _is_special(path: str) -> bool:
    """Whether a path is a device, a pipe or a directory, which must not be replaced by a file."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except FileNotFoundError:
        return False


def _replace(path: str, content: bytes, status: os.stat_result | None = None) -> None:
    _remove_leftovers(path)
    beside = f"{path}.{os.getpid()}.tmp"
    mode = stat.S_IMODE(status.st_mode) if status else 0o666  # the temporary file has the permissions of the file
    with signals.interrupts_blocked(), open(beside, "xb", opener=partial(os.open, mode=mode)) as file:
        try:
            file.write(content)
            if status:
                _copy_metadata(beside, path, status)
            file.flush()
            os.fsync(file.fileno())  # after a loss of power there is the old content or the new one
            file.close()
            os.replace(beside, path)
        except BaseException:  # also after Ctrl-C on Windows, which cannot be blocked
            with suppress(OSError):
                os.unlink(beside)
            raise


def _remove_leftovers(path: str) -> None:
    """Remove the temporary files of killed runs."""
    folder, name = os.path.split(path)
    leftover = re.compile(re.escape(name) + r"\.([0-9]{1,9})\.tmp")
    with suppress(OSError):
        for each in os.listdir(folder):
            if (found := leftover.fullmatch(each)) and _is_gone(int(found[1])):
                os.unlink(os.path.join(folder, each))


def _is_gone(process: int) -> bool:
    """Whether a process has ended. Not checked on Windows, where an open file cannot be removed."""
    if os.name != "posix":
        return process != os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _copy_metadata(path: str, origin: str, status: os.stat_result) -> None:
    """Give a file the owner (if allowed), the mode and the extended attributes of another file."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, stat.S_IMODE(status.st_mode))
    if hasattr(os, "listxattr"):
        _copy_attributes(path, origin)


def _copy_attributes(path: str, origin: str) -> None:
    """Copy the extended attributes, access control lists among them."""
    for name in _attributes(origin):
        value = os.getxattr(origin, name)
        try:
            if name not in _attributes(path) or os.getxattr(path, name) != value:
                os.setxattr(path, name, value)
        except OSError as error:
            raise _not_changed(error.errno or errno.EPERM, f"has the attribute {name}, which cannot be kept") from error


def _attributes(path: str) -> list[str]:
    try:
        return os.listxattr(path)
    except OSError as error:
        if error.errno in {errno.ENOTSUP, errno.ENOSYS}:  # the file system has none
            return []
        raise
