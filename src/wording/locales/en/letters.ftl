# Reminder letters to partners, English (United States).
#
# Counts and days arrive as numbers; dates, amounts and lists of codes arrive
# as text already written the way this language writes it. Voucher numbers,
# offering codes and finding codes are printed as they are. $codes may be the
# word "none" when no open point keeps a payment request back.

letter-subject = { $count ->
    [one] 1 reminder about your vouchers: { $partner }
   *[other] { $count } reminders about your vouchers: { $partner }
}
letter-greeting = Dear { $name },
letter-greeting-nameless = Dear partner,
letter-intro = { $count ->
    [one] This reminder lists one item concerning your vouchers and enrollments that needs your attention as of { $date }.
   *[other] This reminder lists { $count } items concerning your vouchers and enrollments that need your attention as of { $date }.
}

topic-enrollment-renewal = Enrollments to renew
topic-enrollment-renewal-item = Your enrollment in { $offering }, dated { $enrolled }, completes one year on { $due }. Please renew it by then ({ $portal }).

topic-voucher-expiry = Vouchers about to expire
topic-voucher-expiry-item = Voucher { $voucher } for { $customer } ({ $engagement }{ $days ->
    [0] { "" }
    [one] , 1 day
   *[other] , { $days } days
}) is about to expire: the last day to redeem it is { $due }. By then, all of this must be done: delivery, { $report }, redemption.

topic-unclaimed = Redeemed vouchers without a payment request
topic-unclaimed-item = Voucher { $voucher } for { $customer } was redeemed on { $redeemed }, but payment has not been requested yet. The last day to submit the payment request is { $due }. { $codes ->
    [none] No open points are holding it back.
   *[other] Open points holding it back: { $codes }.
}
topic-unclaimed-item-amount = Voucher { $voucher } for { $customer } was redeemed on { $redeemed }, but payment has not been requested yet. The entitled amount is { $amount }. The last day to submit the payment request is { $due }. { $codes ->
    [none] No open points are holding it back.
   *[other] Open points holding it back: { $codes }.
}

letter-partner-portal = partner portal
letter-report = report
letter-codes-separator = { ", " }
letter-closing = If you have any questions, simply reply to this email and we will be glad to help.
letter-signature =
    Kind regards,
    The voucher desk
letter-footer = Automated message. Data as of { $date }. Reference: { $reference }
