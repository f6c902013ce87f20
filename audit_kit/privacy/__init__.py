"""Finding and replacing what identifies a person. Pure: text and register in, text and doubts out."""

from audit_kit.privacy.anonymiser import CaseAnonymiser
from audit_kit.privacy.keep import KeepWords
from audit_kit.privacy.labels import Strangers
from audit_kit.privacy.residual import Residual, ResidualScan, residual_names

__all__ = ["CaseAnonymiser", "KeepWords", "Residual", "ResidualScan", "Strangers", "residual_names"]
