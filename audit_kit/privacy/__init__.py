"""Finding and replacing what identifies a person. Pure: text and register in, text and doubts out."""
