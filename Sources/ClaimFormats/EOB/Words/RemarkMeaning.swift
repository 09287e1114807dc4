/// Remark codes (RARC) that say more than their adjustment code does. Our own words; any other is shown as its code.
enum RemarkMeaning {
  static let all: [String: String] = [
    "N130": "Your benefit booklet lists what is left out.",
    "N448": "It is not on the list of services this plan has a price for.",
    "N362": "The number of units is above the most that is paid for.",
    "M15": "Services billed one by one here have one price together.",
    "M53": "The number of units or days is missing or cannot be right.",
    "M51": "The service code is missing or cannot be right.",
    "M76": "The diagnosis is missing or cannot be right.",
    "MA130": "The claim could not be processed as it was sent.",
  ]
}
