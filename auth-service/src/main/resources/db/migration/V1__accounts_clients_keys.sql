CREATE TABLE account (
    name          text PRIMARY KEY,
    password_hash text NOT NULL,
    scopes        text NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    changed_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE service_client (
    client_id   text PRIMARY KEY,
    secret_hash text NOT NULL,
    scopes      text NOT NULL,
    changed_at  timestamptz NOT NULL DEFAULT now()
);

-- Shared by all instances: a token from one is good for all. The newest key signs, every key is published.
CREATE TABLE signing_key (
    key_id     text PRIMARY KEY,
    jwk        text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
