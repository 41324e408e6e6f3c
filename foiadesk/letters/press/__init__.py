"""The press: a composed letter set as PDF with reportlab. Imported only when a letter is typeset."""
