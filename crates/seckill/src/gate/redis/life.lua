-- life: the run_id of the server that owns the sale's slot, whichever of a Cluster that is.
-- KEYS  1 m      reply run_id
return life()
