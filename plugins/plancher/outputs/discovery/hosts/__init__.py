"""Former addresses, and what is sent with each file, as each kind of host wants them told.

No former address, however it was made, can be taken for a part of the settings
it stands in: what is no letter, digit or plain sign is written as an escape.
"""
