/// The newest epoch the bank has heard for one piece of work: an idempotency key at a tracking id. Making a payment and
/// taking it back have a key each, so each is fenced on its own; and whoever does not know the key fences nobody.
enum Fence {
  /// Raises the fence to an epoch. It changes a row unless the fence stands higher already.
  static let raise = """
    INSERT INTO fences (tracking_id, idempotency_key, epoch) VALUES (?, ?, ?)
    ON CONFLICT (tracking_id, idempotency_key) DO UPDATE SET epoch = excluded.epoch WHERE excluded.epoch >= epoch
    """
}
