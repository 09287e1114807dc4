/// The newest epoch the bank has heard for a tracking id. Making a payment and taking it back are two pieces of work,
/// each with its own owner, so each is fenced on its own.
enum Fence {
  enum Work: String {
    case payment
    case void
  }

  /// Raises the fence to an epoch. It changes a row unless the fence stands higher already.
  static let raise = """
    INSERT INTO fences (tracking_id, work, epoch) VALUES (?, ?, ?)
    ON CONFLICT (tracking_id, work) DO UPDATE SET epoch = excluded.epoch WHERE excluded.epoch >= epoch
    """
}
