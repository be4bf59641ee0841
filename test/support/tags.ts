import iconv from 'iconv-lite';

/** Words that occur in tags, by language. */
const WORDS: Readonly<Record<string, string>> = {
  ru: 'Заявка с сайта|отдел продаж|перезвонить позже|Новый клиент|консультация|доставка|запись на приём|ремонт двигателя|Санкт-Петербург|жалоба|спам|не отвечает|горячий|повторный звонок|юрист|туры в Турцию|подъезд|объявление',
  uk: 'Заявка з сайту|відділ продажів|передзвонити пізніше|Новий клієнт|консультація|доставка|запис на прийом|Запоріжжя|скарга|не відповідає|повторний дзвінок|Київ|відмова|ґанок',
  be: 'Заяўка з сайта|аддзел продажаў|новы кліент|кансультацыя|запіс на прыём|скарга|не адказвае|паўторны званок|дастаўка',
  kk: 'Жаңа клиент|сату бөлімі|кейін хабарласу|ұялы телефон|қызмет көрсету|тегін кеңес|Өскемен|жауап бермейді|өтініш|ғимарат',
  el: 'Πώληση|Νέος πελάτης|Καλημέρα Αθήνα|τμήμα πωλήσεων|επιστροφή κλήσης|παράπονο|χωρίς απάντηση|παράδοση',
  he: 'אולי לא|לקוח חדש|מחלקת מכירות|תלונה|שיחה חוזרת|אין תשובה|משלוח|ייעוץ',
  ar: 'اتصال جديد|عميل جديد|قسم المبيعات|شكوى|لا يوجد رد|توصيل|استشارة',
  lt: 'Naujas klientas|pardavimų skyrius|šūksnis|žinutė|perskambinti vėliau|skundas dėl sąskaitos|neatsiliepė|ąžuolas',
  tr: 'Yeni müşteri|satış bölümü|şikâyet|geri arama|cevap yok|ücretsiz danışma|İstanbul',
  de: 'Müller|Rückruf später|Außendienst|Verkäufer|Lösung für Köln|Grüße',
  zh: '新客户|销售部|投诉|杂事|无人接听|预约|上海',
  ja: '新規のお客様|営業部|苦情|折り返し電話|東京|予約する',
  ko: '신규 고객|영업부|불만 접수|다시 전화|서울|예약 안내',
};

/** Encodings in common use, as iconv-lite names them, and the languages that use each encoding. */
export const WRITTEN_IN: readonly (readonly [encoding: string, languages: readonly string[]])[] = [
  ['utf8', Object.keys(WORDS)],
  ['utf16le', Object.keys(WORDS)],
  ['utf16be', Object.keys(WORDS)],
  ['win1251', ['ru', 'uk', 'be']],
  ['koi8-r', ['ru']],
  ['koi8-u', ['ru', 'uk']],
  ['cp866', ['ru']],
  ['cp855', ['ru']],
  ['maccyrillic', ['ru']],
  ['macukraine', ['uk']],
  ['iso88595', ['ru', 'be']],
  ['rk1048', ['kk']],
  ['pt154', ['kk']],
  ['win1253', ['el']],
  ['iso88597', ['el']],
  ['win1255', ['he']],
  ['win1256', ['ar']],
  ['win1257', ['lt']],
  ['win1254', ['tr']],
  ['win1252', ['de']],
  ['gbk', ['zh']],
  ['shiftjis', ['ja']],
  ['eucjp', ['ja']],
  ['euckr', ['ko']],
];

/** Returns the tags of a language. */
export function tagsIn(language: string): readonly string[] {
  return (WORDS[language] ?? '').split('|');
}

/**
 * Encodes a text with a library that the program does not use for reading. Throws if the encoding
 * lacks a character.
 */
export function written(text: string, encoding: string): Buffer {
  const bytes = iconv.encode(text, encoding);
  if (iconv.decode(bytes, encoding) !== text) throw new Error(`${encoding} cannot hold ${text}`);
  return bytes;
}
