# Reminder letters to partners, Dutch (u).
#
# Counts and days arrive as numbers; dates, amounts and lists of codes arrive
# as text already written the way this language writes it. Voucher numbers,
# offering codes and finding codes are printed as they are. $codes may be the
# word "none" when no open point keeps a payment request back.

letter-subject = { $count ->
    [one] 1 herinnering over uw vouchers: { $partner }
   *[other] { $count } herinneringen over uw vouchers: { $partner }
}
letter-greeting = Geachte { $name },
letter-greeting-nameless = Geachte heer of mevrouw,
letter-intro = { $count ->
    [one] In deze herinnering vindt u één punt over uw vouchers en inschrijvingen dat uw aandacht vraagt (stand per { $date }).
   *[other] In deze herinnering vindt u { $count } punten over uw vouchers en inschrijvingen die uw aandacht vragen (stand per { $date }).
}

topic-enrollment-renewal = Te vernieuwen inschrijvingen
topic-enrollment-renewal-item = Uw inschrijving voor { $offering } van { $enrolled } bestaat op { $due } één jaar. Wij verzoeken u deze uiterlijk op die dag te vernieuwen ({ $portal }).

topic-voucher-expiry = Vouchers die binnenkort verlopen
topic-voucher-expiry-item = Voucher { $voucher } voor { $customer } ({ $engagement }{ $days ->
    [0] { "" }
    [one] , 1 dag
   *[other] , { $days } dagen
}) verloopt binnenkort: de laatste dag om deze in te wisselen is { $due }. Uiterlijk dan moet dit alles gedaan zijn: uitvoering van de opdracht, { $report }, inwisseling van de voucher.

topic-unclaimed = Ingewisselde vouchers waarvoor nog geen claim is ingediend
topic-unclaimed-item = Voucher { $voucher } voor { $customer } is op { $redeemed } ingewisseld, maar de betaling is nog niet aangevraagd. De laatste dag om de claim in te dienen is { $due }. { $codes ->
    [none] Er zijn geen openstaande punten die dit tegenhouden.
   *[other] Openstaande punten die dit nog tegenhouden: { $codes }.
}
topic-unclaimed-item-amount = Voucher { $voucher } voor { $customer } is op { $redeemed } ingewisseld, maar de betaling is nog niet aangevraagd. De uitgevoerde opdracht vertegenwoordigt een waarde van { $amount }. De laatste dag om de claim in te dienen is { $due }. { $codes ->
    [none] Er zijn geen openstaande punten die dit tegenhouden.
   *[other] Openstaande punten die dit nog tegenhouden: { $codes }.
}

letter-partner-portal = partnerportaal
letter-report = rapport
letter-codes-separator = { ", " }
letter-closing = Als u vragen hebt, kunt u gewoon op deze e-mail antwoorden; wij helpen u graag.
letter-signature =
    Met vriendelijke groet,
    Het voucherteam
letter-footer = Automatisch opgesteld bericht. Stand van de gegevens: { $date }. Kenmerk: { $reference }
