-- The tables of claims, SQLite, step 6: what the bank has signed.

-- The key that the bank signs its receipts with, as it was when the bank was first found with one.
ALTER TABLE bank_link ADD COLUMN bank_key TEXT CONSTRAINT bank_key_is_one CHECK (length(bank_key) = 43);

-- What the bank has signed about the transfer of a payment, and about the one that brought its money back, byte for byte.
-- Null for payments that were made before this step, and for those of a bank that signs nothing.
ALTER TABLE payments ADD COLUMN receipt TEXT CONSTRAINT receipt_of_transfer CHECK (
  receipt IS NULL OR (length(receipt) BETWEEN 1 AND 8192 AND transfer_id IS NOT NULL));
ALTER TABLE payments ADD COLUMN return_receipt TEXT CONSTRAINT return_receipt_of_void CHECK (
  return_receipt IS NULL OR (length(return_receipt) BETWEEN 1 AND 8192 AND state = 'voided'));
