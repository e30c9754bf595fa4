# Reminder letters to partners, Swedish (ni, as to a company).
#
# Counts and days arrive as numbers; dates, amounts and lists of codes arrive
# as text already written the way this language writes it. Voucher numbers,
# offering codes and finding codes are printed as they are. $codes may be the
# word "none" when no open point keeps a payment request back.

letter-subject = { $count ->
    [one] 1 påminnelse om era vouchrar: { $partner }
   *[other] { $count } påminnelser om era vouchrar: { $partner }
}
letter-greeting = Hej { $name }!
letter-greeting-nameless = Hej!
letter-intro = { $count ->
    [one] Den här påminnelsen tar upp en punkt som rör era vouchrar och registreringar och som behöver åtgärdas, enligt läget den { $date }.
   *[other] Den här påminnelsen tar upp { $count } punkter som rör era vouchrar och registreringar och som behöver åtgärdas, enligt läget den { $date }.
}

topic-enrollment-renewal = Registreringar att förnya
topic-enrollment-renewal-item = Er registrering för { $offering } från den { $enrolled } fyller ett år den { $due }. Förnya den senast den dagen ({ $portal }).

topic-voucher-expiry = Vouchrar som snart går ut
topic-voucher-expiry-item = Voucher { $voucher } för { $customer } ({ $engagement }{ $days ->
    [0] { "" }
    [one] , 1 dag
   *[other] , { $days } dagar
}) går snart ut: sista dagen att lösa in den är den { $due }. Senast då ska allt detta vara klart: leverans av uppdraget, { $report }, inlösning av vouchern.

topic-unclaimed = Inlösta vouchrar där betalning inte har begärts
topic-unclaimed-item = Voucher { $voucher } för { $customer } löstes in den { $redeemed }, men betalning har ännu inte begärts. Sista dagen att lämna in anspråket är den { $due }. { $codes ->
    [none] Inga öppna punkter hindrar anspråket.
   *[other] Öppna punkter som först måste lösas: { $codes }.
}
topic-unclaimed-item-amount = Voucher { $voucher } för { $customer } löstes in den { $redeemed }, men betalning har ännu inte begärts. Det levererade uppdraget är värt { $amount }. Sista dagen att lämna in anspråket är den { $due }. { $codes ->
    [none] Inga öppna punkter hindrar anspråket.
   *[other] Öppna punkter som först måste lösas: { $codes }.
}

letter-partner-portal = partnerportalen
letter-report = rapport
letter-codes-separator = { ", " }
letter-closing = Har ni frågor är det bara att svara på det här mejlet, så hjälper vi er gärna.
letter-signature =
    Vänliga hälsningar
    Voucherteamet
letter-footer = Automatiskt skapat meddelande. Uppgifterna avser läget den { $date }. Referens: { $reference }
