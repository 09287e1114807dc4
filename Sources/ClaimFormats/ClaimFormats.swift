// ClaimFormats
