/// The connection was closed on purpose: there is nobody left to answer.
struct ConnectionCut: Error {}
