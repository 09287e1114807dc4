// ClaimsApp
