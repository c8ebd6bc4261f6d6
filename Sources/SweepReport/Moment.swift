/// A time of the calendar, in UTC: the reader's place is not known, and the same study makes the same file everywhere.
struct Moment {
    private let day, hour, minute, second: Int
    private let year, month, dayOfMonth: Int

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// - Parameter sinceEpoch: since 1970
    init(_ sinceEpoch: Duration) {
        let seconds = Int(sinceEpoch.components.seconds)
        day = Int((Double(seconds) / 86400).rounded(.down))
        let rest = seconds - day * 86400
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        (year, month, dayOfMonth) = Self.date(day)
    }

    /// The proleptic Gregorian date so many days after the first of 1970: years are counted from March, so that the day
    /// that comes and goes is their last.
    private static func date(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let sinceMarchOfYear0 = day + 719_468
        let era = (sinceMarchOfYear0 >= 0 ? sinceMarchOfYear0 : sinceMarchOfYear0 - 146_096) / 146_097
        let dayOfEra = sinceMarchOfYear0 - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// `29 November 2026, 11:08`
    var text: String {
        "\(dayOfMonth) \(Self.months[month - 1]) \(year), \(time)"
    }

    var time: String { "\(Numeral.twoDigits(hour)):\(Numeral.twoDigits(minute))" }

    /// For machines: `2026-11-29T11:08:32Z`
    var standard: String {
        "\(year)-\(Numeral.twoDigits(month))-\(Numeral.twoDigits(dayOfMonth))T\(time):\(Numeral.twoDigits(second))Z"
    }

    func isSameDay(as other: Moment) -> Bool { day == other.day }

    /// As HTML marks a time.
    var markup: Markup { "<time datetime=\"\(text: standard)\">\(text: text)</time>" }
}
