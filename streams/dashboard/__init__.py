"""The live page: a consumer of the event topics keeps a read model in SQLite, a web server shows it.

topics → follower → writer → SQLite → queries → api, pages → browser

The file is a copy that can be thrown away: everything in it is read from the topics again.
"""
