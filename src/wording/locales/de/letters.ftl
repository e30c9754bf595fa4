# Reminder letters to partners, German (Sie).
#
# Counts and days arrive as numbers; dates, amounts and lists of codes arrive
# as text already written the way this language writes it. Voucher numbers,
# offering codes and finding codes are printed as they are. $codes may be the
# word "none" when no open point keeps a payment request back.
#
# After the comma of the greeting the first sentence goes on in lower case,
# so the introduction opens with a word that is capitalized anyway.

letter-subject = { $count ->
    [one] 1 Erinnerung zu Ihren Gutscheinen: { $partner }
   *[other] { $count } Erinnerungen zu Ihren Gutscheinen: { $partner }
}
letter-greeting = Guten Tag { $name },
letter-greeting-nameless = Sehr geehrte Damen und Herren,
letter-intro = { $count ->
    [one] Sie erhalten diese Erinnerung, weil zu Ihren Gutscheinen und Registrierungen ein Punkt zu erledigen ist (Stand: { $date }).
   *[other] Sie erhalten diese Erinnerung, weil zu Ihren Gutscheinen und Registrierungen { $count } Punkte zu erledigen sind (Stand: { $date }).
}

topic-enrollment-renewal = Zu erneuernde Registrierungen
topic-enrollment-renewal-item = Ihre Registrierung für { $offering } vom { $enrolled } besteht am { $due } seit einem Jahr. Bitte erneuern Sie diese bis dahin ({ $portal }).

topic-voucher-expiry = Bald ablaufende Gutscheine
topic-voucher-expiry-item = Gutschein { $voucher } für { $customer } ({ $engagement }{ $days ->
    [0] { "" }
    [one] , 1 Tag
   *[other] , { $days } Tage
}) läuft bald ab: Letzter Tag für die Einlösung ist der { $due }. Bis dahin muss alles Folgende erledigt sein: Durchführung des Einsatzes, { $report }, Einlösung des Gutscheins.

topic-unclaimed = Eingelöste Gutscheine ohne Zahlungsanforderung
topic-unclaimed-item = Gutschein { $voucher } für { $customer } wurde am { $redeemed } eingelöst, die Zahlung wurde jedoch noch nicht angefordert. Letzter Tag für die Zahlungsanforderung ist der { $due }. { $codes ->
    [none] Offene Punkte stehen dem nicht entgegen.
   *[other] Offene Punkte, die dem noch entgegenstehen: { $codes }.
}
topic-unclaimed-item-amount = Gutschein { $voucher } für { $customer } wurde am { $redeemed } eingelöst, die Zahlung wurde jedoch noch nicht angefordert. Der Wert der erbrachten Leistung beträgt { $amount }. Letzter Tag für die Zahlungsanforderung ist der { $due }. { $codes ->
    [none] Offene Punkte stehen dem nicht entgegen.
   *[other] Offene Punkte, die dem noch entgegenstehen: { $codes }.
}

letter-partner-portal = Partnerportal
letter-report = Bericht
letter-codes-separator = { ", " }
letter-closing = Bei Fragen antworten Sie einfach auf diese E-Mail; wir helfen Ihnen gern weiter.
letter-signature =
    Mit freundlichen Grüßen
    Ihr Gutschein-Team
letter-footer = Automatisch erstellte Nachricht. Datenstand: { $date }. Referenz: { $reference }
