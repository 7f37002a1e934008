-- Messages wait here, from the commit of the transaction that wrote them until the broker has them.
CREATE TABLE IF NOT EXISTS jtask_outbox (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at  TIMESTAMP(6) WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    exchange    VARCHAR(255) NOT NULL,
    routing_key VARCHAR(255) NOT NULL,
    properties  CHARACTER LARGE OBJECT NOT NULL,
    body        BINARY LARGE OBJECT NOT NULL,
    refused_at  TIMESTAMP(6) WITH TIME ZONE,
    reason      CHARACTER LARGE OBJECT
);
CREATE INDEX IF NOT EXISTS jtask_outbox_waiting ON jtask_outbox (refused_at, id);
