"""Which folders a sync program carries to other places: by what they are called, by its marks, by what OneDrive says."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

#: what sync programs call their folders, also with a company or account behind: "OneDrive - Board", "Dropbox (Board)"
_CALLED = re.compile(
    r"(onedrive|dropbox|google ?drive|icloud ?drive|icloud|sharepoint|nextcloud|owncloud|seafile|box( sync)?|cloudstorage|"
    r"com~apple~clouddocs|my drive|shared drives|syncthing|resilio sync|mega ?sync|pcloud ?drive|tresorit( drive)?|egnyte( drive)?|"
    r"sharefile|citrix files|synology ?drive|proton ?drive|work folders)"
    r"( ?[-–(~].*)?",
    re.IGNORECASE,
)
#: what they leave at the top of a folder that they sync, whatever it is called
_MARKS = (
    ".stfolder", ".dropbox", ".dropbox.cache", ".tmp.drivedownload", ".nextcloudsync.log", ".owncloudsync.log",
    ".SynologyWorkingDirectory",
)  # fmt: skip


def is_synced(folder: Path) -> bool:
    """Whether a sync program claims this folder or one above it, as far as names, marks and OneDrive tell."""
    above = (folder, *folder.parents)
    return (
        any(_CALLED.fullmatch(part) for part in folder.parts)
        or any((each / mark).exists() for each in above for mark in _MARKS)
        or any(claimed in above for claimed in _of_onedrive())
    )


def _of_onedrive() -> list[Path]:
    """What OneDrive syncs on Windows: its own folders, and libraries of SharePoint, which are called like the organisation."""
    named = [os.environ.get(name, "") for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")]
    return [Path(name).resolve() for name in (*named, *_libraries()) if name]


def _libraries() -> list[str]:
    """Where each library is, as OneDrive tells Windows; none on another system."""
    if sys.platform != "win32":
        return []
    import winreg

    places = []
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Software\SyncEngines\Providers\OneDrive") as provider:
            for number in range(winreg.QueryInfoKey(provider)[0]):
                with winreg.OpenKey(provider, winreg.EnumKey(provider, number)) as library:
                    places.append(str(winreg.QueryValueEx(library, "MountPoint")[0]))
    except OSError:  # there is no OneDrive, or a library says no place
        return places
    return places
