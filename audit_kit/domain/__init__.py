"""What the words of the process mean. Pure: no files, no clock, no Office."""
