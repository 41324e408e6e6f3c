"""What a letter means: pure functions over text that the worker already took out of its file.

Words and patterns are data in resources/signs; every conclusion carries the words it rests on. The desk looks up
which request a letter belongs to, and the person decides.
"""
