/// Remark codes (RARC) that say more than their adjustment code does. Our own words; any other is shown as its code.
enum RemarkMeaning {
  static let all: [String: String] = [
    "N130": "Your benefit booklet lists what is left out.",
    "N448": "It is not on the list of services this plan has a price for.",
    "N362": "The number of units is above the most that is paid for.",
    "M15": "Services billed one by one here have one price together.",
    "M53": "The number of units or days is missing or cannot be right.",
    "M51": "The service code is missing or cannot be right.",
    "M77": "The place of service is missing or cannot be right.",
    "N122": "It is added to a main service that we did not find.",
    "N519": "The service and what was added to its code do not go together.",
    "M76": "The diagnosis is missing or cannot be right.",
    "MA130": "The claim could not be processed as it was sent.",
  ]
}
