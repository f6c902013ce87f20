"""``python -m audit_kit`` is the same as ``audit-kit``."""

from audit_kit.cli import main

if __name__ == "__main__":
    main()
