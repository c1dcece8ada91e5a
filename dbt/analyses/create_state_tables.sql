{{ create_state_tables() }}
