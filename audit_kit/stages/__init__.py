"""The process, one module per step. Pure: values in, values out."""
