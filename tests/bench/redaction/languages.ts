/** A language of the corpus: all sentences and names are invented. `#` is where what is sought is put. */
export type CorpusLanguage = {
  tag: string
  script: 'Latin' | 'Cyrillic' | 'Arabic' | 'Devanagari' | 'Burmese'
  /** The zero of the digits that this language also writes with; null for ASCII alone. */
  zero: number | null
  sentences: readonly string[]
  /** Sentences with numbers and words that are nobody's: redacting them is a mistake. */
  plain: readonly string[]
  /** Names as they stand in the list, each with forms that people write. */
  names: Record<string, readonly string[]>
  plates: readonly string[]
  mobile: readonly string[]
}

export const corpusLanguages: readonly CorpusLanguage[] = [
  {
    tag: 'en',
    script: 'Latin',
    zero: null,
    sentences: [
      'Everybody ask # about it.',
      'I know this: # and I will not stop',
      'Here you go (#), share it!',
      '# is what she hides',
      'Tell # that we are coming tonight',
    ],
    plain: [
      'It cost 1,250.50 last year, 3 times the price of 2019.',
      'On 2024-05-13 at 14:30 we counted 48 people.',
      'Version 2.10.3 of chapter 7 is 120 pages.',
      'In 1984 and 1991-1995 nobody cared e.g. about this.',
      'They scored 3-2 and then 10:4, what a day...',
    ],
    names: {
      'Nadira Velquist': ['Nadira', 'Velquist', "Velquist's", 'NADIRA', 'Nadira’s'],
      Harrowmane: ['Harrowmane', "Harrowmane's", 'harrowmane'],
    },
    plates: ['AB12 CDE', 'XK73 PQR', 'BQ-482-ZR'],
    mobile: ['+44 7700 900####', '07700 900###', '(555) 01#-##7#', '555-01#-#8#2'],
  },
  {
    tag: 'de',
    script: 'Latin',
    zero: null,
    sentences: [
      'Fragt doch mal # danach.',
      'Das ist sie: # und sie weiß es',
      'Hier (#) findet ihr alles!',
      '# vergisst das nie',
      'Sagt #, wir kommen heute Nacht',
    ],
    plain: [
      'Das kostete 1.250,50 Euro, also 3-mal so viel wie 2019.',
      'Am 13.05.2024 um 14:30 waren 48 Leute da.',
      'Kapitel 7 hat 120 Seiten, z.B. über Geld.',
      'Von 1991-1995 war nichts, danach 10 Prozent.',
      'Das Spiel endete 3:2 nach 90 Minuten.',
    ],
    names: {
      'Ilsegard Maradunn': ['Ilsegard', 'Ilsegards', 'Maradunn', 'Maradunns', 'ILSEGARD'],
      Quenderlein: ['Quenderlein', 'Quenderleins'],
    },
    plates: ['B-AB 1234', 'M-XY 77', 'HH-ZQ 4081E'],
    mobile: ['+49 151 2345####', '0171/23#45##', '030 8#3 4#1#', '0049 30 23#45#'],
  },
  {
    tag: 'es',
    script: 'Latin',
    zero: null,
    sentences: [
      'Pregúntenle a # por eso.',
      'Ya lo saben: # y no voy a parar',
      'Aquí está (#), ¡compártanlo!',
      '# es lo que esconde',
      'Díganle a # que vamos esta noche',
    ],
    plain: [
      'Costó 1.250,50 el año pasado, 3 veces más que en 2019.',
      'El 13/05/2024 a las 14:30 éramos 48 personas.',
      'El capítulo 7 tiene 120 páginas.',
      'Entre 1991-1995 nadie dijo nada.',
      'Ganaron 3-2 y luego 10:4, qué día.',
    ],
    names: {
      'Marisela Ondarrix': ['Marisela', 'Ondarrix', 'MARISELA', 'Mariselita'],
      Quintavelo: ['Quintavelo', 'quintavelo'],
    },
    plates: ['1234 BCD', '7781 KLM', '4082DFG'],
    mobile: ['+34 612 34# #5#', '612 3#5 #78', '91 2#3 45 #7', '+52 55 12#4 #67#'],
  },
  {
    tag: 'pl',
    script: 'Latin',
    zero: null,
    sentences: [
      'Zapytajcie # o to.',
      'Wszyscy to wiedzą: # i nie przestanę',
      'Proszę (#), podajcie dalej!',
      '# to ukrywa',
      'Powiedzcie # że przyjdziemy w nocy',
    ],
    plain: [
      'To kosztowało 1250,50 zł, 3 razy więcej niż w 2019.',
      'Dnia 13.05.2024 o 14:30 było 48 osób.',
      'Rozdział 7 ma 120 stron.',
      'W latach 1991-1995 nikt nie pytał.',
      'Mecz skończył się 3:2 po 90 minutach.',
    ],
    names: {
      'Korwinia Zdzieszka': [
        'Korwinia',
        'Korwinii',
        'Korwinię',
        'Korwinią',
        'Zdzieszka',
        'Zdzieszki',
        'Zdzieszkę',
      ],
      Brzostomir: ['Brzostomir', 'Brzostomira', 'Brzostomirowi', 'Brzostomirem'],
    },
    plates: ['WA 12345', 'KR 4081X', 'PO 7781A'],
    mobile: ['+48 512 3#5 #7#', '512-3#5-#78', '22 4#3 12 #7', '512 345 #7#'],
  },
  {
    tag: 'tr',
    script: 'Latin',
    zero: null,
    sentences: [
      'Bunu # sorun.',
      'Herkes biliyor: # ve durmayacağım',
      'İşte burada (#), paylaşın!',
      '# saklıyor',
      'Söyleyin # bu gece geliyoruz',
    ],
    plain: [
      'Geçen yıl 1.250,50 lira tuttu, 2019’un 3 katı.',
      '13.05.2024 saat 14:30’da 48 kişiydik.',
      '7. bölüm 120 sayfa.',
      '1991-1995 arasında kimse sormadı.',
      'Maç 3-2 bitti, sonra 10:4.',
    ],
    names: {
      'Elvarasu Tokmanlı': [
        'Elvarasu',
        "Elvarasu'nun",
        "Elvarasu'ya",
        'Tokmanlı',
        "Tokmanlı'yı",
        "Tokmanlı'dan",
      ],
      Birgenay: ['Birgenay', "Birgenay'ın", "Birgenay'a"],
    },
    plates: ['34 ABC 123', '06 XY 4081', '35 K 7781'],
    mobile: ['+90 532 12# 4# 6#', '0532 1#3 45 #7', '0212 #45 67 8#'],
  },
  {
    tag: 'ru',
    script: 'Cyrillic',
    zero: null,
    sentences: [
      'Спросите # об этом.',
      'Все знают: # и я не остановлюсь',
      'Вот (#), делитесь!',
      '# это скрывает',
      'Скажите # что мы придём ночью',
    ],
    plain: [
      'Это стоило 1250,50 рублей, в 3 раза больше, чем в 2019.',
      '13.05.2024 в 14:30 было 48 человек.',
      'Глава 7 занимает 120 страниц.',
      'В 1991-1995 никто не спрашивал.',
      'Матч закончился 3:2 за 90 минут.',
    ],
    names: {
      'Велемира Дорожанская': [
        'Велемира',
        'Велемиры',
        'Велемире',
        'Велемиру',
        'Велемирой',
        'Дорожанской',
        'Дорожанскую',
      ],
      Зоревлад: ['Зоревлад', 'Зоревлада', 'Зоревладу', 'Зоревладом'],
    },
    plates: ['А123ВС77', 'К408МН 199', 'Т778ОР50'],
    mobile: ['+7 912 3#5-#7-8#', '8 (495) 12#-4#-6#', '8912345#7#9'],
  },
  {
    tag: 'ar',
    script: 'Arabic',
    zero: 0x660,
    sentences: [
      'اسألوا # عن ذلك.',
      'الجميع يعرف: # ولن أتوقف',
      'تفضلوا (#) وانشروا!',
      '# تخفي ذلك',
      'قولوا # إننا قادمون الليلة',
    ],
    plain: [
      'كلّف ذلك 1250.50 العام الماضي، أي 3 أضعاف عام 2019.',
      'في 13/05/2024 عند 14:30 كنا ٤٨ شخصًا.',
      'الفصل ٧ فيه ١٢٠ صفحة.',
      'بين 1991-1995 لم يسأل أحد.',
      'انتهت المباراة 3-2 بعد ٩٠ دقيقة.',
    ],
    names: {
      'ندفاء الكورشاني': ['ندفاء', 'لندفاء', 'وندفاء', 'الكورشاني', 'للكورشاني', 'بالكورشاني', 'نَدْفاء'],
      جلمهير: ['جلمهير', 'لجلمهير', 'وجلمهير', 'بجلمهير'],
    },
    plates: ['أ ب ج 1234', '٤٠٨١ د ه و', 'ر س ص ٧٧٨'],
    mobile: ['+966 50 12# 4#6#', '٠١٠٠ ١٢# ٤#٦#', '+20 100 12# 4#67'],
  },
  {
    tag: 'fa',
    script: 'Arabic',
    zero: 0x6f0,
    sentences: [
      'از # درباره‌اش بپرسید.',
      'همه می‌دانند: # و من دست برنمی‌دارم',
      'بفرمایید (#) پخشش کنید!',
      '# این را پنهان می‌کند',
      'به # بگویید امشب می‌آییم',
    ],
    plain: [
      'پارسال ۱۲۵۰ تومان شد، ۳ برابر ۱۳۹۸.',
      'در 2024/05/13 ساعت 14:30 ما ۴۸ نفر بودیم.',
      'فصل ۷ صد و ۱۲۰ صفحه است.',
      'از ۱۳۷۰ تا ۱۳۷۵ کسی نپرسید.',
      'بازی ۳-۲ تمام شد.',
    ],
    names: {
      'مهراوند زیبارویی': ['مهراوند', 'زیبارویی', 'مهراوند', 'زيبارويي'],
      کاوشگین: ['کاوشگین', 'كاوشگين'],
    },
    plates: ['12 ب 345 67', '۷۷ د ۸۱۲ ۱۱', '40 ن 814 ایران 22'],
    mobile: ['+98 912 3#5 #7#9', '۰۹۱۲ ۳#۵ #۷۸#', '021 88#3 4#1#'],
  },
  {
    tag: 'hi',
    script: 'Devanagari',
    zero: 0x966,
    sentences: [
      '# से इसके बारे में पूछो।',
      'सबको पता है: # और मैं नहीं रुकूँगा',
      'यह लो (#) और बाँटो!',
      '# यही छुपाती है',
      'कह दो # कि हम आज रात आएँगे',
    ],
    plain: [
      'पिछले साल 1,250.50 लगे, 2019 से 3 गुना।',
      '13/05/2024 को 14:30 बजे ४८ लोग थे।',
      'अध्याय ७ में १२० पन्ने हैं।',
      '1991-1995 में किसी ने नहीं पूछा।',
      'मैच 3-2 से ख़त्म हुआ।',
    ],
    names: { 'वेलारा दुर्गमकर': ['वेलारा', 'वेलारा', 'दुर्गमकर', 'दुर्गमकरजी'], झिलमेश: ['झिलमेश', 'झिलमेशजी'] },
    plates: ['MH 12 AB 1234', 'DL 3 CAQ 4081', 'KA 05 M 7781'],
    mobile: ['+91 98765 4#2#0', '९८७६५ ४#२१#', '022 2#45 67#8'],
  },
  {
    tag: 'my',
    script: 'Burmese',
    zero: 0x1040,
    sentences: [
      'ဒီအကြောင်း # ကိုမေးကြပါ။',
      'အားလုံးသိတယ်၊ # ငါမရပ်ဘူး',
      'ဒီမှာ (#) ဖြန့်ကြပါ',
      '# ဖုံးကွယ်ထားတယ်',
      'ဒီည # ဆီလာမယ်လို့ပြောလိုက်',
    ],
    plain: [
      'မနှစ်က ၁၂၅၀ ကျပ်ကျတယ်၊ ၂၀၁၉ ထက် ၃ ဆ။',
      '13/05/2024 မှာ လူ ၄၈ ယောက်ရှိတယ်။',
      'အခန်း ၇ မှာ စာမျက်နှာ ၁၂၀ ရှိတယ်။',
      '1991-1995 မှာ ဘယ်သူမှမမေးဘူး။',
      'ပွဲက 3-2 နဲ့ပြီးတယ်။',
    ],
    names: {
      မိုးလဲ့ဝေ: ['မိုးလဲ့ဝေ', 'မိုးလဲ့ဝေက', 'ဒေါ်မိုးလဲ့ဝေကို', 'မိုးလဲ့ဝေရဲ့'],
      ကျော်ဇွဲထက်: ['ကျော်ဇွဲထက်', 'ကိုကျော်ဇွဲထက်နဲ့', 'ဦးကျော်ဇွဲထက်'],
    },
    plates: ['1A-2345', '7K/4081', 'YGN 3B-7781'],
    mobile: ['+95 9 42# 4#6 #8', '၀၉ ၄၂# ၄#၆ #၈', '09-42#4#6#8'],
  },
]
