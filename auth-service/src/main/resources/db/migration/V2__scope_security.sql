-- Users are administered with a scope of their own. Administrators that were made with every scope keep them all; where
-- there is none, whoever administered users until now goes on.
UPDATE account SET scopes = scopes || ' security', changed_at = now()
WHERE scopes = 'manage monitor read write'
   OR 'manage' = ANY (string_to_array(scopes, ' '))
      AND NOT EXISTS (SELECT 1 FROM account WHERE scopes = 'manage monitor read write');
