# The pages on which readers subscribe by e-mail, and the fixed words of their letters.
# A page and a letter are in the reader's language; every language has this file.
#   $publisher     the name of the publisher
#   $span          a duration in words ("48 hours")
#   $form          a link with the words of `subscribe-title`

subscribe-title = Subscribe by e-mail
subscribe-description = News of internet outages by e-mail, for the places you choose.
subscribe-intro = One message for each step of an outage: when it is confirmed, gets deeper, ends or is corrected. You can leave with one click at any time.
subscribe-email = Your e-mail address
subscribe-countries = Countries
subscribe-countries-help = Choose none for news from everywhere. With a keyboard, hold Ctrl (on a Mac, Command) to choose several.
subscribe-networks = Networks
subscribe-networks-help = AS numbers, such as AS9198 AS21299. You get news if one of the countries or networks is affected.
subscribe-severity = How deep a drop must be before you hear of it
subscribe-language = Language
subscribe-send = Subscribe
subscribe-address = What happens with your address
subscribe-address-unconfirmed = You get one message with a link. Nothing else is sent before you confirm, and an address that is not confirmed is erased after { $span }.
subscribe-address-use = The address is kept apart from everything else, on this server only, and is used for these messages alone. When you leave, it is erased.
subscribe-address-danger = E-mail is not secret: your mail provider, and whoever can read your mailbox, can see that you subscribed. Where that is a danger, read this site or its feeds instead.

## The depths from which on a reader is told; $level is the percent below which each begins

reader_severities-minor = any drop
reader_severities-moderate = moderate: below { $level } of normal
reader_severities-major = major: below { $level } of normal
reader_severities-near-total = near-total: below { $level } of normal

## What is wrong with the entries

subscribe-problem-address = Write an e-mail address, such as name@example.org.
subscribe-problem-countries = Choose countries from the list.
subscribe-problem-networks = Write networks as AS numbers, such as AS9198.
# $n is a number above ten.
subscribe-problem-places = Choose at most { $n } countries and networks.
subscribe-problem-severity = Choose a depth from the list.
subscribe-problem-language = Choose a language from the list.

## The pages that a letter leads to

subscribe-confirm = Confirm your subscription
subscribe-confirm-description = One click confirms your subscription.
subscribe-confirm-intro = You will get news of internet outages by e-mail:
subscribe-confirm-send = Confirm
subscribe-confirm-else = If you did not ask for this, close this page: nothing is sent, and the address is erased.
subscribe-places = Places
subscribe-places-all = all places
subscribe-depth = From this depth on
subscribe-done = You are subscribed
subscribe-done-description = Your subscription is confirmed.
subscribe-done-note = Each message has a link with which you can leave. To change your choice, subscribe again with the same address: { $form }.
subscribe-leave = End your subscription
subscribe-leave-description = One click ends your subscription.
subscribe-leave-send = Leave and erase my address
subscribe-leave-never = Or ask us never to write to this address again, whoever enters it. For that we keep a code made from the address, from which the address cannot be read without our key.
subscribe-leave-never-send = Leave, and never write to me again

## Short answers

subscribe-answer-check-mail = Check your mailbox
subscribe-answer-check-mail-text = If we may write to this address, a message with a link is on its way. Open the link and press the button. If no message comes, look in the folder for junk mail.
subscribe-answer-too-many = Too many requests
subscribe-answer-too-many-text = Too many requests came from your network, or in all. Nothing was stored; try again in an hour.
subscribe-answer-used = This link is used or too old
subscribe-answer-used-text = The subscription was confirmed already, or the link is too old. If you still get no messages, subscribe again: { $form }.
subscribe-answer-invalid = This link is not complete
subscribe-answer-invalid-text = Copy the whole link from the message, and open it again. Your mail program may have cut it.
subscribe-answer-left = You have left
subscribe-answer-left-text = Your address is erased. You get no more messages, except one that may be on its way at this moment.
subscribe-answer-left-for-good = You have left
subscribe-answer-left-for-good-text = Your address is erased, and we will not write to it again. If you change your mind, write to us.
subscribe-answer-unavailable = This does not work now
subscribe-answer-unavailable-text = Your request could not be stored. Try again in some minutes.

## Letters

letter-confirm-subject = Confirm your subscription to { $publisher }
letter-confirm-intro = Someone, probably you, asked for news of internet outages at this address.
letter-confirm-open = To confirm, open this page within { $span } and press the button:
letter-confirm-else = If you did not ask for this, do nothing. You will get no other message from us, and your address will be erased after { $span }.
letter-footer = You get this message because you subscribed to { $publisher }. To leave and have your address erased: { $link }
