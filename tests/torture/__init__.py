"""Every plug pulled at random while articles flow, and then a count of what was lost: `make torture`.

`articles.py` writes the articles, `faults.py` the faults, both from a seed; `cluster.py` is what they
happen to, a real Kafka and real workers; `run.py` brings them together; `verdict.py` compares what
stands on the topics in the end with what an undisturbed reading gives; `memory.py` watches a worker
over a backlog. The extractor is that of the tests, named by the setting `extractor`: nothing outside of
this folder knows of it.
"""
