"""What the commands do, step by step: the only modules in which stages, Office files and the store meet.

``process.py`` names them in the order of the written process; read that first.
"""
