"""audit_kit carries a multi-agency case audit from its plan to its report. Start reading at process.py."""
