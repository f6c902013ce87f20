"""The only code that opens or writes Excel, Word, PowerPoint, mail drafts and calendar files."""
