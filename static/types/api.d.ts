// Written by tools/api-types.mjs from the OpenAPI document: change the routes, not this file.

/** A delivery address of the caller. */
export type Address = {
  /** Street and town, as text of up to 4 lines. */
  address: string;
  /** ISO 3166-1 alpha-2 code of the country. */
  country: string;
  /** Time of creation: RFC 3339, UTC. */
  created_at: string;
  /** Id of the address. */
  id: number;
  /** True for the address that an order or a claim without an `address_id` goes to. */
  is_default: boolean;
  /** Name of the recipient. */
  name: string;
  /** Phone number of the recipient, in ASCII. */
  phone: string;
  /** Postcode; null when there is none. */
  postcode?: string | null;
};

/** A promotion that was applied, as of the time of the order. */
export type AppliedPromotion = {
  /** Code of the promotion; null when it applied by itself. */
  code?: string | null;
  /** What it takes off the lines, in minor units. */
  discount: number;
  /** Id of the promotion. */
  id: number;
  /** Name of the promotion. */
  name: string;
};

/** Request to reorder the pictures of a product. */
export type Arrangement = {
  /** Ids of all pictures of the product in the new order, each exactly once; the first is the cover. */
  order: number[];
};

/** The audit of the books: whether one runs, and what the last one found. */
export type Audit = {
  last?: LastAudit | null;
  /** True while an audit runs, on any process. */
  running: boolean;
  /** Time at which the last audit began: RFC 3339, UTC; null when there was none. */
  started_at?: string | null;
};

/** An entry of the audit log: one action of an admin. */
export type AuditLogEntry = {
  /** Name of the action, such as `user.ban`. */
  action: string;
  /** Id of the admin; null when the action came from the command line. */
  actor_id?: number | null;
  /** Time of the action: RFC 3339, UTC. */
  created_at: string;
  /** Parameters of the action; the members depend on `action`. */
  detail: Record<string, never>;
  /** Id of the entry. */
  id: number;
  /** Kind and id of the object that was changed, such as `user:7`. */
  target: string;
};

/** Empty request body: `{}`, or none at all. */
export type AuditRequest = Record<string, never>;

/** Form to set the caller's avatar. */
export type Avatar = {
  /** Picture: JPEG, PNG, WebP or GIF; at most 2 MiB. */
  file: Blob;
};

/** Balance of a wallet. */
export type Balance = {
  /** Balance, in minor units. */
  balance: number;
  /** ISO 4217 code of the currency. */
  currency: string;
};

/** Request to ban a user; an empty body will do. */
export type BanBody = {
  /** Reason of the ban, for the audit log; at most 255 characters. */
  reason?: string | null;
};

/** A product and what was sold of it. */
export type BestSeller = {
  /** The product. */
  product: ProductSummary;
  /** Price of these units, in minor units. */
  revenue: number;
  /** Units in paid orders. */
  units: number;
};

/** Reason of a cancellation: by the `buyer`, because it was `unpaid` at `pay_by`, or by an `admin`. */
export type CancelReason = "buyer" | "unpaid" | "admin";

/** A slide of the carousel. */
export type Carousel = {
  /** Time of creation: RFC 3339, UTC. */
  created_at: string;
  /** Id of the slide. */
  id: number;
  /** Picture of the slide. */
  image: Image;
  /** Id of the product that the slide links to; null for none. */
  product_id?: number | null;
  /** Title, in the language of the answer. */
  title: string;
  translations?: TitleTranslations | null;
};

/** The caller's cart. */
export type Cart = {
  /** ISO 4217 code of the currency. */
  currency: string;
  /** Lines of the cart, at most 100, in the order in which they were added. */
  items: CartItem[];
  /** Price of all available lines, in minor units. */
  total: number;
};

/** A line of the cart, at the present price. */
export type CartItem = {
  /** True when the product is on sale and at least `num` units are left. */
  available: boolean;
  /** Units in the cart, 1–99. */
  num: number;
  /** The product of the SKU. */
  product: ProductSummary;
  /** The SKU, with its present price and stock. */
  sku: Sku;
};

/** A category, one node of the category tree. */
export type Category = {
  /** Time of creation: RFC 3339, UTC. */
  created_at: string;
  /** Id of the category. */
  id: number;
  image?: Image | null;
  /** Name, in the language of the answer. */
  name: string;
  /** Id of the parent category; null for a root category. */
  parent_id?: number | null;
  translations?: NameTranslations | null;
};

/** Number of matches in a category. */
export type CategoryFacet = {
  /** Id of the category. */
  category_id: number;
  /** Number of matches. */
  count: number;
};

/** Request to add a category. */
export type CategoryFields = {
  /** Id of a stored picture. */
  image_id?: number | null;
  /** Name of the category, 1–128 characters on one line. */
  name: string;
  /** Id of the parent category; null or absent for a root category. */
  parent_id?: number | null;
  translations?: NameTranslations | null;
};

/** Request to change a category; absent members stay as they are. */
export type ChangeCategory = {
  /** Id of a stored picture; null removes the picture. */
  image_id?: number | null;
  /** Name of the category, 1–128 characters on one line. */
  name?: string | null;
  /** Id of the parent category; null makes it a root category. */
  parent_id?: number | null;
  translations?: NameTranslations | null;
};

/** Request to change a delivery method; absent members stay as they are. */
export type ChangeDeliveryMethodBody = {
  /** ISO 3166-1 alpha-2 codes of the countries that it serves; null for all. */
  countries?: string[] | null;
  /** True when it is offered. */
  enabled?: boolean | null;
  /** What the lines must cost after discounts for the delivery to cost nothing, in minor units; null for never. */
  free_from?: number | null;
  /** Name for customers, 1–64 characters. */
  name?: string | null;
  /** Price in minor units. */
  price?: number | null;
};

/** Request to change a product; absent members stay as they are. Stock is changed through `/sku/{id}/stock`. */
export type ChangeProduct = {
  /** Id of the category. */
  category_id?: number | null;
  /** Discounted price of the first SKU, in minor units, at most its price; null removes it. */
  discount_price?: number | null;
  /** Description in the shop's language, at most 20,000 characters. */
  info?: string | null;
  /** Name in the shop's language, 1–128 characters on one line. */
  name?: string | null;
  /** False takes the product off sale, true puts it on sale. */
  on_sale?: boolean | null;
  /** List price of the first SKU, in minor units. */
  price?: number | null;
  /** SKUs to change (with `id`) or to add (without `id`); SKUs not listed stay as they are. A product has at most 100. */
  skus?: ChangeSku[];
  /** Tax rate of the first SKU in basis points, 0–10,000; null for the shop's. */
  tax_rate_bp?: number | null;
  /** Title in the shop's language, at most 255 characters on one line. */
  title?: string | null;
  translations?: TextTranslations | null;
};

/** Request to change a promotion; absent members stay as they are. */
export type ChangePromotionBody = {
  /** Units to pay of `buy_x_get_y`; only with `kind`. */
  buy?: number | null;
  /** Ids of the categories in scope, with everything below them; null for all. */
  category_ids?: number[] | null;
  /** Code that customers type; null for a promotion that applies by itself. */
  code?: string | null;
  /** True when it applies beside other combinable ones. */
  combinable?: boolean | null;
  /** True when it applies at all. */
  enabled?: boolean | null;
  /** First instant after it: RFC 3339; null for never. */
  ends_at?: string | null;
  /** Units for nothing of `buy_x_get_y`; only with `kind`. */
  get?: number | null;
  kind?: PromotionKind | null;
  /** What all lines together must cost before discounts, in minor units. */
  min_items?: number | null;
  /** Name for customers, 1–128 characters. */
  name?: string | null;
  /** Largest number of orders of one user that use it, at least as many as somebody has; null for any. */
  per_user_limit?: number | null;
  /** Ids of the products in scope; null for all. */
  product_ids?: number[] | null;
  /** First instant at which it applies: RFC 3339; null for always. */
  starts_at?: string | null;
  /** Largest number of orders that use it, at least as many as do; null for any. */
  usage_limit?: number | null;
  /** Basis points of `percent`, or minor units of `amount`; only with `kind`. */
  value?: number | null;
};

/** Request to change a flash sale; absent members stay as they are. */
export type ChangeSaleBody = {
  /** First instant after the sale: RFC 3339. */
  ends_at?: string | null;
  /** Most units that one user may hold at a time, 1–99. */
  per_user_limit?: number | null;
  /** Price of one unit, in minor units, at most the list price of the SKU. */
  price?: number | null;
  /** Id of the SKU of the sale. It cannot be changed: any other id is refused. */
  sku_id?: number | null;
  /** First instant of the sale: RFC 3339. It can be changed until the sale has begun. */
  starts_at?: string | null;
  /** Units for sale, 1–10,000,000, at least those taken already. The difference moves from or to the stock of the SKU. */
  stock_total?: number | null;
  /** Title of the sale, 1–128 characters. */
  title?: string | null;
};

/** A SKU to change or to add. */
export type ChangeSku = {
  /** Discounted price of one unit, in minor units, at most `price`; null removes it. */
  discount_price?: number | null;
  /** Id of the SKU to change; absent to add a SKU. */
  id?: number | null;
  /** Opening stock of an added SKU, in units. It cannot be changed here. */
  num?: number | null;
  /** Names and values, such as `Colour: Black`; at most 10. */
  options?: {
    [name: string]: string;
  } | null;
  /** List price of one unit, in minor units; required for an added SKU. */
  price?: number | null;
  /** Tax rate in basis points, 0–10,000; null for the shop's. */
  tax_rate_bp?: number | null;
};

/** Request to change a slide; absent members stay as they are. */
export type ChangeSlide = {
  /** Id of the product that the slide links to; null removes the link. */
  product_id?: number | null;
  /** Title of the slide, 1–255 characters on one line. */
  title?: string | null;
  translations?: TitleTranslations | null;
};

/** Request to claim units of a flash sale. `{}` or no body claims one unit, to be delivered to the default address. */
export type Claim = {
  /** Id of the delivery address; the default address when absent. */
  address_id?: number | null;
  /** Id of the delivery method. When absent, or when it does not serve the address, the first method of the shop that does. */
  delivery_method_id?: number | null;
  /** Units to claim, 1–99; 1 when absent. */
  num?: number | null;
};

/** An amount of one day. */
export type DayAmount = {
  /** Revenue or refunds of that day, in minor units. A revenue is negative when more was refunded than paid. */
  amount: number;
  /** The day, in UTC, such as `2026-11-22`. */
  day: string;
};

/** A count of one day. */
export type DayCount = {
  /** Number of users or orders of that day. */
  count: number;
  /** The day, in UTC, such as `2026-11-22`. */
  day: string;
};

/** A delivery: one event sent to one webhook. */
export type Delivery = {
  /** HTTP status of the receiver's last response; null when there was none. */
  answer_status?: number | null;
  /** Number of attempts made. */
  attempts: number;
  /** Time of the event: RFC 3339, UTC. */
  created_at: string;
  /** Time at which the receiver accepted the delivery: RFC 3339, UTC; null until then. */
  delivered_at?: string | null;
  /** Name of the event, such as `order.paid`. */
  event: string;
  /** Id of the delivery. */
  id: number;
  /** Error of the last attempt; null when there is none. */
  last_error?: string | null;
  /** Status of the delivery. */
  status: DeliveryStatus;
};

/** A delivery method. */
export type DeliveryMethod = {
  /** ISO 3166-1 alpha-2 codes of the countries that it serves; null for all. */
  countries?: string[] | null;
  /** True when it is offered. */
  enabled: boolean;
  /** What the lines must cost after discounts for the delivery to cost nothing, in minor units; null for never. */
  free_from?: number | null;
  /** Id of the delivery method. */
  id: number;
  /** Name for customers. */
  name: string;
  /** Price in minor units; in a quote, the price for the lines of the quote. */
  price: number;
};

/** Status of a delivery: `pending`, `delivered`, or `parked` after its last attempt failed. */
export type DeliveryStatus = "pending" | "delivered" | "parked";

/** Empty request body: `{}`, or none at all. */
export type Empty = Record<string, never>;

/** Empty request body: `{}`, or none at all. */
export type EnableBody = Record<string, never>;

/** Counts of the matches of a search by category, price and stock. */
export type Facets = {
  /** Matches by category, at most 20. */
  categories: CategoryFacet[];
  /** Number of matches that can be bought now. */
  in_stock: number;
  /** Matches by price range, at most 5. */
  prices: PriceFacet[];
};

/** A favourite of the caller; its product may be off sale by now. */
export type Favorite = {
  /** Time at which it was added: RFC 3339, UTC. */
  created_at: string;
  /** Id of the favourite. */
  id: number;
  /** The product. */
  product: Product;
};

/** A field of the request that breaks its rule. */
export type FieldError = {
  /** Stable error code of the rule, such as `too_long`. */
  code: string;
  /** Description of the rule, in English. */
  detail: string;
  /** Name of the field, or its path inside a list, such as `items[2].num`. */
  field: string;
  /** Id of the SKU of the order line at fault; only when an order is refused. */
  sku_id?: number | null;
};

/** Request to reset a forgotten password. */
export type ForgotBody = {
  /** Verified e-mail address of the account. */
  email: string;
};

/** Result of a health check. */
export type Health = {
  /** Always `ok`; a failed check is a problem with status 503. */
  status: string;
  /** Conditions that do not stop the service but need attention. */
  warnings: string[];
};

/** A stored picture. The content behind a path never changes. */
export type Image = {
  /** Height of the large variant, in pixels. */
  height: number;
  /** Id of the picture. */
  id: number;
  /** Path of the large variant. */
  url: string;
  /** Paths of all variants. */
  variants: ImageVariants;
  /** Width of the large variant, in pixels. */
  width: number;
};

/** Paths of a picture in three sizes. */
export type ImageVariants = {
  /** At most 1200 pixels on the longer side. */
  large: string;
  /** At most 400 pixels on the longer side. */
  small: string;
  /** At most 160 pixels on the longer side. */
  thumb: string;
};

/** A fault of the table. */
export type ImportFault = {
  /** Name of the column; empty when the whole line is at fault. */
  column: string;
  /** What is wrong with it, in English. */
  detail: string;
  /** Line of the file, from 1. */
  line: number;
  /** Beginning of the value in the table. */
  value: string;
};

/** Form to import products. */
export type ImportForm = {
  /** True checks the table and writes nothing. */
  dry_run?: boolean | null;
  /** The table as CSV, at most 8 MiB: one line per SKU below a line of column names, as the export has them. */
  file: Blob;
};

/** Result of an import, or of the check of one. */
export type ImportReport = {
  /** Categories added. */
  categories: number;
  /** Products changed. */
  changed: number;
  /** Products added. */
  created: number;
  /** True when the table was checked only. */
  dry_run: boolean;
  /** Number of all faults. */
  fault_count: number;
  /** Faults of the table in the order of its lines, at most 100; nothing can be written while there are any. */
  faults: ImportFault[];
  /** Products that are as the table says. */
  unchanged: number;
};

/** A background job that has not succeeded yet. */
export type Job = {
  /** Number of attempts begun. */
  attempts: number;
  /** Time at which the job was first due: RFC 3339, UTC. */
  created_at: string;
  /** Id of the job. */
  id: number;
  /** Kind of the job: `mail.order`, `mail.proof`, `mail.webhook_off`, `webhook.event`, `webhook.delivery`, `sale.give`; later releases may add others. */
  kind: string;
  /** Error of the last attempt, without addresses and tokens; null when there is none. */
  last_error?: string | null;
  /** Time at which the last attempt failed for good: RFC 3339, UTC; null unless the job is parked. */
  parked_at?: string | null;
  /** Earliest time of the next attempt: RFC 3339, UTC. */
  run_at: string;
  /** State of the job. */
  state: JobState;
};

/** State of a background job: `waiting` for its next attempt, `running`, or `parked` after its last attempt failed. */
export type JobState = "waiting" | "running" | "parked";

/** An audit that ended. */
export type LastAudit = {
  /** True when nothing is broken; null when it could not check. */
  clean?: boolean | null;
  /** Reason why it could not check; null when it could. */
  error?: string | null;
  /** Time at which it ended: RFC 3339, UTC. */
  finished_at: string;
  /** What `stampede audit --json` prints: `breaches` with `invariant`, `subject` and `detail`, at most 100; `checked`, with the number of checks and of breaches of each invariant; null when it could not check. */
  report?: Record<string, never> | null;
};

/** A list, or one page of it. */
export type List_Address = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** Street and town, as text of up to 4 lines. */
    address: string;
    /** ISO 3166-1 alpha-2 code of the country. */
    country: string;
    /** Time of creation: RFC 3339, UTC. */
    created_at: string;
    /** Id of the address. */
    id: number;
    /** True for the address that an order or a claim without an `address_id` goes to. */
    is_default: boolean;
    /** Name of the recipient. */
    name: string;
    /** Phone number of the recipient, in ASCII. */
    phone: string;
    /** Postcode; null when there is none. */
    postcode?: string | null;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_AuditLogEntry = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** Name of the action, such as `user.ban`. */
    action: string;
    /** Id of the admin; null when the action came from the command line. */
    actor_id?: number | null;
    /** Time of the action: RFC 3339, UTC. */
    created_at: string;
    /** Parameters of the action; the members depend on `action`. */
    detail: Record<string, never>;
    /** Id of the entry. */
    id: number;
    /** Kind and id of the object that was changed, such as `user:7`. */
    target: string;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Carousel = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** Time of creation: RFC 3339, UTC. */
    created_at: string;
    /** Id of the slide. */
    id: number;
    /** Picture of the slide. */
    image: Image;
    /** Id of the product that the slide links to; null for none. */
    product_id?: number | null;
    /** Title, in the language of the answer. */
    title: string;
    translations?: TitleTranslations | null;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Category = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** Time of creation: RFC 3339, UTC. */
    created_at: string;
    /** Id of the category. */
    id: number;
    image?: Image | null;
    /** Name, in the language of the answer. */
    name: string;
    /** Id of the parent category; null for a root category. */
    parent_id?: number | null;
    translations?: NameTranslations | null;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Delivery = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** HTTP status of the receiver's last response; null when there was none. */
    answer_status?: number | null;
    /** Number of attempts made. */
    attempts: number;
    /** Time of the event: RFC 3339, UTC. */
    created_at: string;
    /** Time at which the receiver accepted the delivery: RFC 3339, UTC; null until then. */
    delivered_at?: string | null;
    /** Name of the event, such as `order.paid`. */
    event: string;
    /** Id of the delivery. */
    id: number;
    /** Error of the last attempt; null when there is none. */
    last_error?: string | null;
    /** Status of the delivery. */
    status: DeliveryStatus;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_DeliveryMethod = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** ISO 3166-1 alpha-2 codes of the countries that it serves; null for all. */
    countries?: string[] | null;
    /** True when it is offered. */
    enabled: boolean;
    /** What the lines must cost after discounts for the delivery to cost nothing, in minor units; null for never. */
    free_from?: number | null;
    /** Id of the delivery method. */
    id: number;
    /** Name for customers. */
    name: string;
    /** Price in minor units; in a quote, the price for the lines of the quote. */
    price: number;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Favorite = {
  /** Items of the list or page, in the order of the list. */
  items: {
    /** Time at which it was added: RFC 3339, UTC. */
    created_at: string;
    /** Id of the favourite. */
    id: number;
    /** The product. */
    product: Product;
  }[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Image = {
  /** Items of the list or page, in the order of the list. */
  items: {
    /** Height of the large variant, in pixels. */
    height: number;
    /** Id of the picture. */
    id: number;
    /** Path of the large variant. */
    url: string;
    /** Paths of all variants. */
    variants: ImageVariants;
    /** Width of the large variant, in pixels. */
    width: number;
  }[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Job = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** Number of attempts begun. */
    attempts: number;
    /** Time at which the job was first due: RFC 3339, UTC. */
    created_at: string;
    /** Id of the job. */
    id: number;
    /** Kind of the job: `mail.order`, `mail.proof`, `mail.webhook_off`, `webhook.event`, `webhook.delivery`, `sale.give`; later releases may add others. */
    kind: string;
    /** Error of the last attempt, without addresses and tokens; null when there is none. */
    last_error?: string | null;
    /** Time at which the last attempt failed for good: RFC 3339, UTC; null unless the job is parked. */
    parked_at?: string | null;
    /** Earliest time of the next attempt: RFC 3339, UTC. */
    run_at: string;
    /** State of the job. */
    state: JobState;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Order = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    address?: OrderAddress | null;
    cancel_reason?: CancelReason | null;
    /** Time of the cancellation: RFC 3339, UTC; null until then. */
    cancelled_at?: string | null;
    /** Time of the receipt: RFC 3339, UTC; null until then. */
    completed_at?: string | null;
    /** Time of the order: RFC 3339, UTC. */
    created_at: string;
    /** ISO 4217 code of the currency. */
    currency: string;
    delivery?: OrderDelivery | null;
    /** Changes of the status, oldest first; only in the answer for a single order. */
    history?: OrderChange[] | null;
    /** Id of the order. */
    id: string;
    /** Lines of the order. */
    lines: OrderLine[];
    /** Time of the payment: RFC 3339, UTC; null until then. */
    paid_at?: string | null;
    /** Time at which an unpaid order is cancelled: RFC 3339, UTC. */
    pay_by?: string | null;
    /** Promotions that were applied. */
    promotions: AppliedPromotion[];
    /** Id of the flash sale that the units come from; null for any other order. */
    seckill_id?: number | null;
    /** Time of the shipment: RFC 3339, UTC; null until then. */
    shipped_at?: string | null;
    /** Status of the order. */
    status: OrderStatus;
    /** Total price, in minor units; the same as `totals.total`. */
    total: number;
    /** What the total price is made of. */
    totals: Totals;
    /** Tracking number of the carrier; null when there is none. */
    tracking?: string | null;
    /** Id of the buyer. */
    user_id: number;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Product = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** Id of the category. */
    category_id: number;
    cover?: Image | null;
    /** Time of creation: RFC 3339, UTC. */
    created_at: string;
    /** ISO 4217 code of the currency. */
    currency: string;
    /** Price that a buyer pays for one unit of the first SKU, in minor units; null for the list price. */
    discount_price?: number | null;
    /** Id of the product. */
    id: number;
    /** All pictures, cover first; only in the answer for a single product. */
    images?: Image[] | null;
    /** Description, in the language of the answer. */
    info: string;
    /** Name, in the language of the answer. */
    name: string;
    /** Units in stock, of all SKUs. */
    num: number;
    /** True when the product can be ordered, stock permitting. */
    on_sale: boolean;
    /** List price of one unit of the first SKU, in minor units. */
    price: number;
    /** SKUs of the product. */
    skus: Sku[];
    /** Tax rate of the first SKU in basis points, 0–10,000; null for the shop's. */
    tax_rate_bp?: number | null;
    /** Title, in the language of the answer. */
    title: string;
    translations?: TextTranslations | null;
    /** Time of the last change: RFC 3339, UTC. */
    updated_at: string;
    /** Number of views, some seconds old. */
    view: number;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Promotion = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** Units to pay of `buy_x_get_y`; null for any other kind. */
    buy?: number | null;
    /** Ids of the categories in scope, with everything below them; null for all. */
    category_ids?: number[] | null;
    /** Code that customers type; null for a promotion that applies by itself. */
    code?: string | null;
    /** True when it applies beside other combinable ones. */
    combinable: boolean;
    /** Time of creation: RFC 3339, UTC. */
    created_at: string;
    /** True when it applies at all. */
    enabled: boolean;
    /** First instant after it: RFC 3339, UTC; null for never. */
    ends_at?: string | null;
    /** Units for nothing of `buy_x_get_y`; null for any other kind. */
    get?: number | null;
    /** Id of the promotion. */
    id: number;
    /** What it takes off. */
    kind: PromotionKind;
    /** What all lines together must cost before discounts, in minor units. */
    min_items: number;
    /** Name for customers. */
    name: string;
    /** Largest number of orders of one user that use it; null for any. */
    per_user_limit?: number | null;
    /** Ids of the products in scope; null for all. */
    product_ids?: number[] | null;
    /** First instant at which it applies: RFC 3339, UTC; null for always. */
    starts_at?: string | null;
    /** Largest number of orders that use it; null for any. */
    usage_limit?: number | null;
    /** Orders that use it and did not end unpaid. */
    used: number;
    /** Basis points or minor units, as `kind` says; 0 where it has no meaning. */
    value: number;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Sale = {
  /** Items of the list or page, in the order of the list. */
  items: {
    /** ISO 4217 code of the currency. */
    currency: string;
    /** First instant after the sale: RFC 3339, UTC. */
    ends_at: string;
    /** Id of the sale. */
    id: number;
    /** Price of one unit outside the sale, in minor units. */
    list_price: number;
    /** Most units that one user may hold at a time. */
    per_user_limit: number;
    /** Price of one unit in the sale, in minor units. */
    price: number;
    /** The product of the SKU. */
    product: Product;
    /** The server's time: RFC 3339, UTC. `starts_at` and `ends_at` are judged by this clock. */
    server_time: string;
    /** Id of the SKU. */
    sku_id: number;
    /** First instant of the sale: RFC 3339, UTC. */
    starts_at: string;
    /** State of the sale. */
    state: SaleState;
    /** Units that can still be claimed. */
    stock_left: number;
    /** Units for sale. */
    stock_total: number;
    /** Title of the sale. */
    title: string;
  }[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_StockMovement = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** Id of the admin who moved the units; null for the shop itself. */
    actor_id?: number | null;
    /** Time of the movement: RFC 3339, UTC. */
    created_at: string;
    /** Units that came, or went when negative. */
    delta: number;
    /** Id of the movement. */
    id: number;
    /** Reason of the movement: `opening`, `order`, `cancel`, `sale` … or what an admin wrote. */
    reason: string;
    /** Cause of the movement, such as the id of an order; null when there is none. */
    reference?: string | null;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Transfer = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** Change of the balance, in minor units; negative for a payment. */
    amount: number;
    /** Balance after the transfer, in minor units. */
    balance_after: number;
    /** Time of the transfer: RFC 3339, UTC. */
    created_at: string;
    /** ISO 4217 code of the currency. */
    currency: string;
    /** Id of the transfer. */
    id: string;
    /** Kind of the transfer: `opening`, `top_up`, `payment` or `refund`. */
    kind: string;
    /** Id of the order that was paid or refunded; null for other kinds. */
    order_id?: string | null;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_User = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    avatar?: Image | null;
    /** Time of registration: RFC 3339, UTC. */
    created_at: string;
    /** E-mail address; null when there is none. */
    email?: string | null;
    /** True when the user has proven that the address is theirs. */
    email_verified: boolean;
    /** Id of the user. */
    id: number;
    /** Display name. */
    nick_name: string;
    /** Role of the user. */
    role: Role;
    /** Status of the account. */
    status: Status;
    /** User name, as it was registered. */
    user_name: string;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A list, or one page of it. */
export type List_Webhook = {
  /** Items of the list or page, in the order of the list. */
  items: ({
    /** Time of registration: RFC 3339, UTC. */
    created_at: string;
    /** Time at which the webhook was disabled after three days of failed deliveries: RFC 3339, UTC; null while it is enabled. */
    disabled_at?: string | null;
    /** Events that the webhook is subscribed to. */
    events: string[];
    /** Time since which every delivery has failed: RFC 3339, UTC; null while deliveries succeed. */
    failing_since?: string | null;
    /** Id of the webhook. */
    id: number;
    /** Key of the signatures; only in the answer to its registration. */
    secret?: string | null;
    /** URL that deliveries are sent to. */
    url: string;
  })[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of items on all pages; null for lists that are not counted. */
  total?: number | null;
};

/** A server-sent event of the live view. */
export type LiveEvent = {
  /** JSON: `claims` by result, `p50_us`, `p99_us`, `in_flight`, `stock_left`, `stock_taken`, `stock_total`, `epoch`, `books` and `server_time`. */
  data: string;
  /** Type of the event: `second`. */
  event: string;
};

/** Request to log in. */
export type LogInBody = {
  /** True for a browser: the refresh token comes as the cookie `stampede_refresh`, which no script can read, and not in the body. */
  cookie?: boolean;
  /** Password of the user. */
  password: string;
  /** User name, in any spelling that folds to the registered one; surrounding blanks are ignored. */
  user_name: string;
};

/** The user who logged in, with an access token and a refresh token. */
export type LoggedIn = Tokens & {
  /** The user. */
  user: User;
};

/** A SKU with few units left. */
export type LowStock = {
  /** Units in stock. */
  num: number;
  /** Names and values, such as `Colour: Black`. */
  options: {
    [name: string]: string;
  };
  /** The product of the SKU. */
  product: ProductSummary;
  /** Id of the SKU. */
  sku_id: number;
};

/** Request to adjust the stock of a SKU. */
export type MoveStock = {
  /** Units to add, or to take when negative; not 0. */
  delta: number;
  /** Reason for the stock journal, 1–255 characters. */
  reason: string;
};

/** The name of a category in one language. */
export type NameTranslation = {
  name?: string | null;
};

/** Translations of a category's name, by two-letter language code. */
export type NameTranslations = {
  [name: string]: NameTranslation;
};

/** Request to add or to replace a delivery address. */
export type NewAddressBody = {
  /** Street and town, 1–255 characters on at most 4 lines. */
  address: string;
  /** ISO 3166-1 alpha-2 code of the country; the country of the shop when absent. */
  country?: string | null;
  /** True makes this address the default. When absent, the setting stays as it is. */
  is_default?: boolean | null;
  /** Name of the recipient, 1–64 characters. */
  name: string;
  /** Phone number of the recipient, 5–32 characters: at least 5 digits of any script, `+ - . ( ) /`, spaces, and `x` or `ext.` before an extension. Stored in ASCII. */
  phone: string;
  /** Postcode, at most 16 characters; absent or null when there is none. */
  postcode?: string | null;
};

/** Request to add a delivery method. */
export type NewDeliveryMethodBody = {
  /** ISO 3166-1 alpha-2 codes of the countries that it serves; absent for all. */
  countries?: string[] | null;
  /** True when it is offered; true when absent. */
  enabled?: boolean | null;
  /** What the lines must cost after discounts for the delivery to cost nothing, in minor units; absent for never. */
  free_from?: number | null;
  /** Name for customers, 1–64 characters. */
  name: string;
  /** Price in minor units. */
  price: number;
};

/** Request to change the password. */
export type NewPassword = {
  /** New password, 8–256 characters. */
  new: string;
  /** Present password. */
  old: string;
};

/** Request to change the payment PIN. */
export type NewPin = {
  /** New payment PIN, 6–32 characters. */
  key: string;
  /** Password of the caller. */
  password: string;
};

/** Request to add a promotion. */
export type NewPromotionBody = {
  /** Units to pay of `buy_x_get_y`, 1–99. */
  buy?: number | null;
  /** Ids of the categories in scope, 1–100, with everything below them; absent for all. */
  category_ids?: number[] | null;
  /** Code that customers type, 1–32 characters without blanks, unique after NFKC and case folding; absent for a promotion that applies by itself. */
  code?: string | null;
  /** True when it applies beside other combinable ones; false when absent. */
  combinable?: boolean | null;
  /** True when it applies at all; true when absent. */
  enabled?: boolean | null;
  /** First instant after it: RFC 3339; absent for never. */
  ends_at?: string | null;
  /** Units for nothing of `buy_x_get_y`, 1–99. */
  get?: number | null;
  /** What it takes off. */
  kind: PromotionKind;
  /** What all lines together must cost before discounts, in minor units; 0 when absent. */
  min_items?: number | null;
  /** Name for customers, 1–128 characters. */
  name: string;
  /** Largest number of orders of one user that use it, at least 1; absent for any. */
  per_user_limit?: number | null;
  /** Ids of the products in scope, 1–100; absent for all. */
  product_ids?: number[] | null;
  /** First instant at which it applies: RFC 3339; absent for always. */
  starts_at?: string | null;
  /** Largest number of orders that use it, at least 1; absent for any. */
  usage_limit?: number | null;
  /** Basis points (1–10,000) of `percent`, or minor units of `amount`. */
  value?: number | null;
};

/** Request to create a flash sale; its units leave the stock of the SKU at once. */
export type NewSaleBody = {
  /** First instant after the sale: RFC 3339. */
  ends_at: string;
  /** Most units that one user may hold at a time, 1–99. */
  per_user_limit: number;
  /** Price of one unit, in minor units, at most the list price of the SKU. */
  price: number;
  /** Id of the SKU to sell; its product must be on sale. */
  sku_id: number;
  /** First instant of the sale: RFC 3339. */
  starts_at: string;
  /** Units for sale, 1–10,000,000. */
  stock_total: number;
  /** Title of the sale, 1–128 characters. */
  title: string;
};

/** A SKU of a new product. */
export type NewSku = {
  /** Discounted price of one unit, in minor units, at most `price`. */
  discount_price?: number | null;
  /** Opening stock, in units. */
  num: number;
  /** Names and values, such as `Colour: Black`; at most 10. */
  options?: {
    [name: string]: string;
  };
  /** List price of one unit, in minor units. */
  price: number;
  /** Tax rate in basis points, 0–10,000; the shop's when absent. */
  tax_rate_bp?: number | null;
};

/** Request to register a webhook. */
export type NewWebhookBody = {
  /** Events to subscribe to: `order.placed`, `order.paid`, `order.cancelled`, `order.shipped`, `order.completed`, `order.refunded`, or `*` for all. */
  events: string[];
  /** URL that deliveries are sent to: http or https, without credentials, at most 2048 characters. */
  url: string;
};

/** An order. Lines and address are as of the time of the order. */
export type Order = {
  address?: OrderAddress | null;
  cancel_reason?: CancelReason | null;
  /** Time of the cancellation: RFC 3339, UTC; null until then. */
  cancelled_at?: string | null;
  /** Time of the receipt: RFC 3339, UTC; null until then. */
  completed_at?: string | null;
  /** Time of the order: RFC 3339, UTC. */
  created_at: string;
  /** ISO 4217 code of the currency. */
  currency: string;
  delivery?: OrderDelivery | null;
  /** Changes of the status, oldest first; only in the answer for a single order. */
  history?: OrderChange[] | null;
  /** Id of the order. */
  id: string;
  /** Lines of the order. */
  lines: OrderLine[];
  /** Time of the payment: RFC 3339, UTC; null until then. */
  paid_at?: string | null;
  /** Time at which an unpaid order is cancelled: RFC 3339, UTC. */
  pay_by?: string | null;
  /** Promotions that were applied. */
  promotions: AppliedPromotion[];
  /** Id of the flash sale that the units come from; null for any other order. */
  seckill_id?: number | null;
  /** Time of the shipment: RFC 3339, UTC; null until then. */
  shipped_at?: string | null;
  /** Status of the order. */
  status: OrderStatus;
  /** Total price, in minor units; the same as `totals.total`. */
  total: number;
  /** What the total price is made of. */
  totals: Totals;
  /** Tracking number of the carrier; null when there is none. */
  tracking?: string | null;
  /** Id of the buyer. */
  user_id: number;
};

/** The delivery address of an order, as of the time of the order. */
export type OrderAddress = {
  /** Street and town. */
  address: string;
  /** ISO 3166-1 alpha-2 code of the country. */
  country: string;
  /** Name of the recipient. */
  name: string;
  /** Phone number of the recipient. */
  phone: string;
  /** Postcode; null when there is none. */
  postcode?: string | null;
};

/** A change of an order's status. */
export type OrderChange = {
  /** Initiator of the change: `buyer`, `admin` or `system`. */
  actor: string;
  /** Time of the change: RFC 3339, UTC. */
  at: string;
  from?: OrderStatus | null;
  /** Reason of the change; null when none was given. */
  reason?: string | null;
  /** Status after the change. */
  to: OrderStatus;
};

/** The delivery of an order, as of the time of the order. */
export type OrderDelivery = {
  /** Id of the delivery method, which may be gone by now. */
  method_id: number;
  /** Name of the delivery method. */
  name: string;
  /** Price in minor units, before promotions that pay it; `totals.shipping` is what the buyer pays. */
  price: number;
};

/** A SKU to order and its number of units. */
export type OrderItem = {
  /** Units of the SKU, 1–99. */
  num: number;
  /** Id of the SKU. */
  sku_id: number;
};

/** A line of an order, with name and price as of the time of the order. */
export type OrderLine = {
  /** What promotions take off the line, in minor units. */
  discount: number;
  image?: Image | null;
  /** Name of the product. */
  name: string;
  /** Units ordered. */
  num: number;
  /** Options of the SKU, such as `Colour: Black`. */
  options: {
    [name: string]: string;
  };
  /** Id of the product. */
  product_id: number;
  /** Id of the SKU. */
  sku_id: number;
  /** Rate of the tax that the price includes, in basis points. */
  tax_rate_bp: number;
  /** Price of the line before its discount, in minor units. */
  total: number;
  /** Price of one unit, in minor units. */
  unit_price: number;
};

/** Status of an order: `unpaid`, `paid`, `shipped`, `completed`, `cancelled` or `refunded`. */
export type OrderStatus = "unpaid" | "paid" | "shipped" | "completed" | "cancelled" | "refunded";

/** Request to pay an order from the wallet. */
export type PayBody = {
  /** The caller's payment PIN. */
  key: string;
  /** Id of the order. */
  order_id: string;
};

/** Form to add pictures to a product. */
export type PicturesForm = {
  /** Pictures: JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels each. */
  file: Blob[];
};

/** Request that carries the payment PIN. */
export type PinBody = {
  /** The caller's payment PIN. */
  key: string;
};

/** Request to place an order. The goods are named in exactly one of three ways: `product_id` with `num`, `items`, or `from_cart: true`. Prices come from the server. */
export type PlaceBody = {
  /** Id of the delivery address, one of the caller's. */
  address_id: number;
  /** Codes of promotions, at most 5. One that cannot be used refuses the order with `promotion_rejected`. */
  codes?: string[];
  /** Id of the delivery method. It may be absent when only one serves the address, or the shop has none. */
  delivery_method_id?: number | null;
  /** Total that the buyer agreed to, in minor units. Any other total is refused with `price_changed`. */
  expected_total?: number | null;
  /** True orders the contents of the cart and empties it. */
  from_cart?: boolean | null;
  /** SKUs to order, 1–50, each at most once. */
  items?: OrderItem[] | null;
  /** Units of `product_id`, 1–99. */
  num?: number | null;
  /** Id of a product, of which the first SKU is ordered; needs `num`. */
  product_id?: number | null;
};

/** Number of matches in a price range. */
export type PriceFacet = {
  /** Number of matches. */
  count: number;
  /** Lowest price of the range, in minor units, inclusive. */
  from: number;
  /** Highest price of the range, in minor units, exclusive; null for no upper end. */
  to?: number | null;
};

/** An error response (`application/problem+json`, RFC 9457). */
export type Problem = {
  /** Stable error code for programs; docs/API.md lists all. */
  code: string;
  /** Codes of promotions that cannot be used, as they were sent; only with the code `promotion_rejected`. */
  codes?: RefusedCode[];
  /** Description of this occurrence, in English. */
  detail: string;
  /** Fields or order lines at fault; absent when there are none. */
  errors?: FieldError[];
  /** Ids of the caller's orders that hold units of the sale; only with the code `limit_reached`. */
  order_ids?: string[] | null;
  /** Id of the request, as in the header `X-Request-Id`. */
  request_id: string;
  /** The HTTP status. */
  status: number;
  /** Title of the code, in English; the same for every problem of this code. */
  title: string;
  /** A URN made of the code. */
  type: string;
};

/** A product. `price`, `discount_price` and `tax_rate_bp` are those of its first SKU, `num` is the sum of all SKUs. */
export type Product = {
  /** Id of the category. */
  category_id: number;
  cover?: Image | null;
  /** Time of creation: RFC 3339, UTC. */
  created_at: string;
  /** ISO 4217 code of the currency. */
  currency: string;
  /** Price that a buyer pays for one unit of the first SKU, in minor units; null for the list price. */
  discount_price?: number | null;
  /** Id of the product. */
  id: number;
  /** All pictures, cover first; only in the answer for a single product. */
  images?: Image[] | null;
  /** Description, in the language of the answer. */
  info: string;
  /** Name, in the language of the answer. */
  name: string;
  /** Units in stock, of all SKUs. */
  num: number;
  /** True when the product can be ordered, stock permitting. */
  on_sale: boolean;
  /** List price of one unit of the first SKU, in minor units. */
  price: number;
  /** SKUs of the product. */
  skus: Sku[];
  /** Tax rate of the first SKU in basis points, 0–10,000; null for the shop's. */
  tax_rate_bp?: number | null;
  /** Title, in the language of the answer. */
  title: string;
  translations?: TextTranslations | null;
  /** Time of the last change: RFC 3339, UTC. */
  updated_at: string;
  /** Number of views, some seconds old. */
  view: number;
};

/** Form to add a product with up to ten pictures. A product with a single SKU gives `price` and `num`; any other gives `skus`. */
export type ProductForm = {
  /** Id of the category. */
  category_id: number;
  /** Discounted price of the single SKU, in minor units, at most `price`; not with `skus`. */
  discount_price?: number | null;
  /** Pictures, cover first: JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels each. */
  file?: Blob[] | null;
  /** Description in the shop's language, at most 20,000 characters. */
  info: string;
  /** Name in the shop's language, 1–128 characters on one line. */
  name: string;
  /** Opening stock of the single SKU, in units; not with `skus`. */
  num?: number | null;
  /** Whether the product is on sale; true when absent. */
  on_sale?: boolean | null;
  /** List price of the single SKU, in minor units; not with `skus`. */
  price?: number | null;
  /** SKUs of the product as JSON, 1–100; not with `price`, `discount_price`, `num` or `tax_rate_bp`. */
  skus?: NewSku[] | null;
  /** Tax rate of the single SKU in basis points, 0–10,000; the shop's when absent; not with `skus`. */
  tax_rate_bp?: number | null;
  /** Title in the shop's language, at most 255 characters on one line. */
  title: string;
  translations?: TextTranslations | null;
};

/** A product, named in the body. It may be named in the query instead, for proxies drop the body of a DELETE. */
export type ProductInBody = {
  /** Id of the product. */
  product_id?: number | null;
};

/** A page of products. */
export type ProductList = {
  facets?: Facets | null;
  /** Products of the page. */
  items: Product[];
  /** `cursor` of the next page; null on the last page. */
  next_cursor?: string | null;
  /** Number of products on all pages, at most a second old. */
  total: number;
};

/** A product in short, beside something else. */
export type ProductSummary = {
  cover?: Image | null;
  /** Id of the product. */
  id: number;
  /** Name of the product, in the language of the answer. */
  name: string;
};

/** A promotion. */
export type Promotion = {
  /** Units to pay of `buy_x_get_y`; null for any other kind. */
  buy?: number | null;
  /** Ids of the categories in scope, with everything below them; null for all. */
  category_ids?: number[] | null;
  /** Code that customers type; null for a promotion that applies by itself. */
  code?: string | null;
  /** True when it applies beside other combinable ones. */
  combinable: boolean;
  /** Time of creation: RFC 3339, UTC. */
  created_at: string;
  /** True when it applies at all. */
  enabled: boolean;
  /** First instant after it: RFC 3339, UTC; null for never. */
  ends_at?: string | null;
  /** Units for nothing of `buy_x_get_y`; null for any other kind. */
  get?: number | null;
  /** Id of the promotion. */
  id: number;
  /** What it takes off. */
  kind: PromotionKind;
  /** What all lines together must cost before discounts, in minor units. */
  min_items: number;
  /** Name for customers. */
  name: string;
  /** Largest number of orders of one user that use it; null for any. */
  per_user_limit?: number | null;
  /** Ids of the products in scope; null for all. */
  product_ids?: number[] | null;
  /** First instant at which it applies: RFC 3339, UTC; null for always. */
  starts_at?: string | null;
  /** Largest number of orders that use it; null for any. */
  usage_limit?: number | null;
  /** Orders that use it and did not end unpaid. */
  used: number;
  /** Basis points or minor units, as `kind` says; 0 where it has no meaning. */
  value: number;
};

/** What a promotion takes off: `percent` (`value` = basis points of what is in scope), `amount` (`value` = minor units off what is in scope), `free_shipping`, or `buy_x_get_y` (of `buy` + `get` units in scope the `get` cheapest are free). */
export type PromotionKind = "percent" | "amount" | "free_shipping" | "buy_x_get_y";

/** Request to set the number of units of a SKU in the cart. */
export type PutInCart = {
  /** Units of the SKU, 0–99; 0 removes the line. */
  num: number;
};

/** A quote: what an order of these goods would cost now. Nothing is reserved. */
export type Quote = {
  /** Id of the delivery method that an order with the same members has; null when such an order is refused until it names one, or the shop has none. */
  delivery_method_id?: number | null;
  /** Delivery methods that serve the address, at their prices for these lines. */
  delivery_methods: DeliveryMethod[];
  /** Lines, in the order in which they were asked for. */
  lines: QuoteLine[];
  /** Promotions that would be applied. */
  promotions: AppliedPromotion[];
  /** Codes that cannot be used. */
  rejected_codes: RejectedCode[];
  /** Totals of the lines that are available, and of that delivery. */
  totals: Totals;
};

/** A line of a quote, at the present price. */
export type QuoteLine = {
  /** True when the product is on sale and at least `num` units are left. A line that is not available is no part of the totals. */
  available: boolean;
  /** What promotions take off the line, in minor units. */
  discount: number;
  /** Name of the product. */
  name: string;
  /** Units. */
  num: number;
  /** Id of the product. */
  product_id: number;
  /** Id of the SKU. */
  sku_id: number;
  /** Price of the line before its discount, in minor units. */
  total: number;
  /** Price of one unit, in minor units. */
  unit_price: number;
};

/** Request for a quote. The goods are named in exactly one of two ways: `items`, or `from_cart: true`. */
export type QuoteRequest = {
  /** Id of the delivery address, one of the caller's; when absent, delivery is within the country of the shop. */
  address_id?: number | null;
  /** Codes of promotions, at most 5. */
  codes?: string[];
  /** Id of the delivery method. One that does not serve the address counts as none. */
  delivery_method_id?: number | null;
  /** True for the contents of the cart. */
  from_cart?: boolean | null;
  /** SKUs, 1–50, each at most once. */
  items?: OrderItem[] | null;
};

/** Result of a payment. */
export type Receipt = {
  /** Balance of the wallet after the payment, in minor units. */
  balance: number;
  /** ISO 4217 code of the currency. */
  currency: string;
  /** The order, now paid. */
  order: Order;
  /** The transfer out of the caller's wallet. */
  transfer: Transfer;
};

/** Request that carries a refresh token, in its body or as the cookie of a browser. */
export type RefreshBody = {
  /** The refresh token that was issued last; absent for the cookie `stampede_refresh`, which is taken from pages of the shop's own origin only. */
  refresh_token?: string | null;
};

/** Request to refund an order. */
export type RefundBody = {
  /** Reason of the refund, for the order's history; at most 255 characters. */
  reason?: string | null;
  /** True returns the units of the order to the stock. */
  restock: boolean;
};

/** A code of a promotion that cannot be used for the order. */
export type RefusedCode = {
  /** The code, as it was sent. */
  code: string;
  /** Stable name of the reason, such as `used_up`; as in the answer of a quote. */
  reason: string;
};

/** Request to register an account. */
export type Register = {
  /** E-mail address to bind; a confirmation token is mailed to it. */
  email?: string | null;
  /** Payment PIN, 6–32 characters. */
  key: string;
  /** Display name, at most 64 characters, not counting blanks around it; the user name when absent. */
  nick_name?: string | null;
  /** Password, 8–256 characters. */
  password: string;
  /** User name, 3–32 characters: letters, marks and digits of any script, and `_.-`; unique after NFKC normalisation and case folding. */
  user_name: string;
};

/** A rehearsal of a flash sale. */
export type Rehearsal = {
  /** Reason why it could not be played; null unless it failed. */
  error?: string | null;
  /** Time at which it ended: RFC 3339, UTC; null until then. */
  finished_at?: string | null;
  /** Id of the rehearsal. */
  id: string;
  /** What `stampede rehearse --json` prints: `answers`, `answers_per_second`, `latency`, `timeline`, `verdict`, `audit`; null until it is done. */
  report?: Record<string, never> | null;
  /** Time at which it began: RFC 3339, UTC. */
  started_at: string;
  /** State of the rehearsal. */
  state: RehearsalState;
  /** Units for sale. */
  stock: number;
  /** Users who come. */
  users: number;
};

/** Request to rehearse a flash sale. */
export type RehearsalRequest = {
  /** Claims per second, 1–20,000; when absent, all come within two seconds, at 10,000 a second at most. */
  rate?: number | null;
  /** Units for sale, 1–50,000. */
  stock: number;
  /** Users who come, 1–50,000. */
  users: number;
};

/** State of a rehearsal: `running`, `done` with a report, or `failed` with an error. */
export type RehearsalState = "running" | "done" | "failed";

/** A code of a promotion that cannot be used. */
export type RejectedCode = {
  /** The code, as it was sent. */
  code: string;
  /** `unknown`, `disabled`, `not_started`, `ended`, `used_up`, `user_limit` (by this buyer), `below_minimum`, `not_in_scope` (it takes nothing off), or `not_combinable` with what takes more off. */
  reason: string;
};

/** Request to change the nick name. */
export type Rename = {
  /** Display name, at most 64 characters, not counting blanks around it. */
  nick_name: string;
};

/** Empty request body: `{}`, or none at all. */
export type ReplayBody = Record<string, never>;

/** Request to set a new password with a reset token. */
export type ResetBody = {
  /** New password, 8–256 characters. */
  password: string;
  /** Token of the mail; it lives 15 minutes and can be used once. */
  token: string;
};

/** Empty request body: `{}`, or none at all. */
export type RetryBody = Record<string, never>;

/** Role of a user: `customer`, or `admin` with access to the admin routes. */
export type Role = "customer" | "admin";

/** Request to change the role of a user. */
export type RoleBody = {
  /** The new role. */
  role: Role;
};

/** A flash sale of one SKU. */
export type Sale = {
  /** ISO 4217 code of the currency. */
  currency: string;
  /** First instant after the sale: RFC 3339, UTC. */
  ends_at: string;
  /** Id of the sale. */
  id: number;
  /** Price of one unit outside the sale, in minor units. */
  list_price: number;
  /** Most units that one user may hold at a time. */
  per_user_limit: number;
  /** Price of one unit in the sale, in minor units. */
  price: number;
  /** The product of the SKU. */
  product: Product;
  /** The server's time: RFC 3339, UTC. `starts_at` and `ends_at` are judged by this clock. */
  server_time: string;
  /** Id of the SKU. */
  sku_id: number;
  /** First instant of the sale: RFC 3339, UTC. */
  starts_at: string;
  /** State of the sale. */
  state: SaleState;
  /** Units that can still be claimed. */
  stock_left: number;
  /** Units for sale. */
  stock_total: number;
  /** Title of the sale. */
  title: string;
};

/** A flash sale, and how many of its claims were paid. Claims that were turned away at once, because the sale was sold out, are not counted: they leave no trace. */
export type SaleFigures = {
  /** Units of admitted claims. */
  claimed: number;
  /** First instant after the sale: RFC 3339, UTC. */
  ends_at: string;
  /** Id of the sale. */
  id: number;
  /** Units of paid orders. */
  paid: number;
  /** First instant of the sale: RFC 3339, UTC. */
  starts_at: string;
  /** State of the sale. */
  state: SaleState;
  /** Units for sale. */
  stock_total: number;
  /** Title of the sale. */
  title: string;
  /** Units of claims that won an order, whatever became of it. */
  won: number;
};

/** State of a flash sale: `scheduled`, `live`, `paused`, `sold_out`, `ended` or `cancelled`. */
export type SaleState = "scheduled" | "live" | "paused" | "sold_out" | "ended" | "cancelled";

/** Request to search products. */
export type SearchProducts = {
  /** Only products of this category and of its descendants. */
  category_id?: number | null;
  /** Words to search for, in any of the shop's languages; at most 200 characters. */
  info: string;
  /** Number of the page, from 1; times `page_size` at most 10,000. */
  page_num?: number | null;
  /** Number of items on a page, 1–100; 15 when absent. */
  page_size?: number | null;
};

/** Request to mail a confirmation token to the caller. */
export type SendBody = {
  /** E-mail address to bind; required for operation 1. */
  email?: string | null;
  /** Operation to confirm: 1 binds the address `email`, 2 unbinds the present address, 3 changes the password to `password`. */
  operation_type: number;
  /** New password, 8–256 characters; required for operation 3. */
  password?: string | null;
};

/** Request to mark an order as shipped. */
export type ShipBody = {
  /** Tracking number of the carrier, at most 128 characters. */
  tracking?: string | null;
};

/** A SKU: the variant of a product that has a price and a stock. */
export type Sku = {
  /** ISO 4217 code of the currency. */
  currency: string;
  /** Price that a buyer pays for one unit, in minor units; null for the list price. */
  discount_price?: number | null;
  /** Id of the SKU. */
  id: number;
  /** Lowest price that a buyer paid for one unit in the 30 days before `price_since`, in minor units; null when the SKU never had another price. */
  lowest_30_days?: number | null;
  /** Units in stock. */
  num: number;
  /** Names and values, such as `Colour: Black`. */
  options: {
    [name: string]: string;
  };
  /** List price of one unit, in minor units. */
  price: number;
  /** Time since which a buyer pays this price: RFC 3339, UTC; null when that is not known. */
  price_since?: string | null;
  /** Id of the product. */
  product_id: number;
  /** Tax rate in basis points, 0–10,000; null for the shop's. */
  tax_rate_bp?: number | null;
};

/** Form to add a slide to the carousel. */
export type SlideForm = {
  /** Picture of the slide: JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels. */
  file: Blob;
  /** Id of the product that the slide links to; none when absent. */
  product_id?: number | null;
  /** Title of the slide, 1–255 characters on one line. */
  title: string;
  translations?: TitleTranslations | null;
};

/** Statistics of the last days, without rehearsals. Days are in UTC, oldest first. */
export type Stats = {
  /** Sums over as many days before. */
  before: StatsSums;
  /** Products of which most units were sold in these days, at most 10. */
  best_sellers: BestSeller[];
  /** ISO 4217 code of the currency of all amounts. */
  currency: string;
  /** SKUs of products on sale that have at most 5 units left, those with the fewest first; at most 10. */
  low_stock: LowStock[];
  /** Orders placed, by day, whatever their status is now. */
  orders: DayCount[];
  /** Refunds, by day. */
  refunds: DayAmount[];
  /** Payments less refunds, by day. */
  revenue: DayAmount[];
  /** Flash sales that ran in these days, last start first, at most 10. */
  sales: SaleFigures[];
  /** Sums over these days. */
  sums: StatsSums;
  /** Units that unpaid orders hold now. */
  units_held: number;
  /** Users registered, by day. */
  users: DayCount[];
};

/** Sums over several days. */
export type StatsSums = {
  /** Orders placed. */
  orders: number;
  /** Refunds, in minor units. */
  refunds: number;
  /** Payments less refunds, in minor units. */
  revenue: number;
  /** Users registered. */
  users: number;
};

/** Status of an account: `active`, or `banned` and unable to log in. */
export type Status = "active" | "banned";

/** A movement of stock: who moved how many units, and why. */
export type StockMovement = {
  /** Id of the admin who moved the units; null for the shop itself. */
  actor_id?: number | null;
  /** Time of the movement: RFC 3339, UTC. */
  created_at: string;
  /** Units that came, or went when negative. */
  delta: number;
  /** Id of the movement. */
  id: number;
  /** Reason of the movement: `opening`, `order`, `cancel`, `sale` … or what an admin wrote. */
  reason: string;
  /** Cause of the movement, such as the id of an order; null when there is none. */
  reference?: string | null;
};

/** Completions of a search text. */
export type Suggestions = {
  /** Product names, best match first; at most ten. */
  items: string[];
};

/** The texts of a product in one language; absent ones are shown in the shop's language. */
export type TextTranslation = {
  info?: string | null;
  name?: string | null;
  title?: string | null;
};

/** Translations of a product's texts, by two-letter language code. */
export type TextTranslations = {
  [name: string]: TextTranslation;
};

/** A ticket: a claim that was admitted. It ends `won` or `refused`. */
export type Ticket = {
  /** Time of the claim: RFC 3339, UTC. */
  created_at: string;
  /** Id of the ticket. */
  id: string;
  /** Id of the order; null unless won. */
  order_id?: string | null;
  reason?: TicketReason | null;
  /** Id of the flash sale. */
  seckill_id: number;
  /** The server's time: RFC 3339, UTC. */
  server_time: string;
  /** State of the ticket. */
  state: TicketState;
};

/** Reason of a refused ticket: `address_not_found`, `address_required` or `ticket_lost`. */
export type TicketReason = "address_not_found" | "address_required" | "ticket_lost";

/** State of a ticket: `pending`, `won` or `refused`. */
export type TicketState = "pending" | "won" | "refused";

/** The server's time. */
export type TimeBody = {
  /** The same time in milliseconds since 1970-01-01T00:00:00Z. */
  epoch_ms: number;
  /** The time: RFC 3339, UTC, with milliseconds. */
  server_time: string;
};

/** The title of a slide in one language. */
export type TitleTranslation = {
  title?: string | null;
};

/** Translations of a slide's title, by two-letter language code. */
export type TitleTranslations = {
  [name: string]: TitleTranslation;
};

/** Request to redeem the token of a mail. */
export type TokenBody = {
  /** Token of the mail; it lives 15 minutes and can be used once. */
  token: string;
};

/** An access token and a refresh token. */
export type Tokens = {
  /** Access token, for the header `Authorization: Bearer`. */
  access_token: string;
  /** Lifetime of the access token, in seconds. */
  expires_in: number;
  /** Refresh token, which can be exchanged once for a new pair of tokens; absent when it comes as a cookie. */
  refresh_token?: string | null;
  /** Always `Bearer`. */
  token_type: string;
};

/** Request to top up a wallet. */
export type TopUpBody = {
  /** Amount to add, in minor units, above 0. */
  amount: number;
  /** Reason for the audit log, 1–255 characters. */
  reason: string;
};

/** What a price is made of, in minor units: `total` = `items` − `discount` + `shipping`. */
export type Totals = {
  /** ISO 4217 code of the currency. */
  currency: string;
  /** What promotions take off them. */
  discount: number;
  /** Price of all lines. */
  items: number;
  /** What the buyer pays for delivery. */
  shipping: number;
  /** The part of `total` that is tax. */
  tax: number;
  /** What the buyer pays. */
  total: number;
};

/** A transfer of money, as seen from one wallet. */
export type Transfer = {
  /** Change of the balance, in minor units; negative for a payment. */
  amount: number;
  /** Balance after the transfer, in minor units. */
  balance_after: number;
  /** Time of the transfer: RFC 3339, UTC. */
  created_at: string;
  /** ISO 4217 code of the currency. */
  currency: string;
  /** Id of the transfer. */
  id: string;
  /** Kind of the transfer: `opening`, `top_up`, `payment` or `refund`. */
  kind: string;
  /** Id of the order that was paid or refunded; null for other kinds. */
  order_id?: string | null;
};

/** Empty request body: `{}`, or none at all. */
export type UnbanBody = Record<string, never>;

/** A user account. */
export type User = {
  avatar?: Image | null;
  /** Time of registration: RFC 3339, UTC. */
  created_at: string;
  /** E-mail address; null when there is none. */
  email?: string | null;
  /** True when the user has proven that the address is theirs. */
  email_verified: boolean;
  /** Id of the user. */
  id: number;
  /** Display name. */
  nick_name: string;
  /** Role of the user. */
  role: Role;
  /** Status of the account. */
  status: Status;
  /** User name, as it was registered. */
  user_name: string;
};

/** A webhook: a URL that receives order events. */
export type Webhook = {
  /** Time of registration: RFC 3339, UTC. */
  created_at: string;
  /** Time at which the webhook was disabled after three days of failed deliveries: RFC 3339, UTC; null while it is enabled. */
  disabled_at?: string | null;
  /** Events that the webhook is subscribed to. */
  events: string[];
  /** Time since which every delivery has failed: RFC 3339, UTC; null while deliveries succeed. */
  failing_since?: string | null;
  /** Id of the webhook. */
  id: number;
  /** Key of the signatures; only in the answer to its registration. */
  secret?: string | null;
  /** URL that deliveries are sent to. */
  url: string;
};

export interface Gets {
  "/address": List_Address;
  "/address/{id}": Address;
  "/admin/audit": Audit;
  "/admin/audit_log": List_AuditLogEntry;
  "/admin/delivery_methods": List_DeliveryMethod;
  "/admin/jobs": List_Job;
  "/admin/order/{id}": Order;
  "/admin/orders": List_Order;
  "/admin/products": List_Product;
  "/admin/products/export": void;
  "/admin/promotions": List_Promotion;
  "/admin/promotions/{id}": Promotion;
  "/admin/rehearsals/{id}": Rehearsal;
  "/admin/seckill": List_Sale;
  "/admin/seckill/{id}/live": void;
  "/admin/sku/{id}/journal": List_StockMovement;
  "/admin/stats": Stats;
  "/admin/user/{id}": User;
  "/admin/users": List_User;
  "/admin/webhooks": List_Webhook;
  "/admin/webhooks/{id}/deliveries": List_Delivery;
  "/carousels": List_Carousel;
  "/cart": Cart;
  "/categories": List_Category;
  "/collection": List_Favorite;
  "/delivery_methods": List_DeliveryMethod;
  "/imgs/{id}": List_Image;
  "/openapi.json": void;
  "/order/{id}": Order;
  "/orders": List_Order;
  "/ping": string;
  "/product/{id}": Product;
  "/products": ProductList;
  "/products/suggest": Suggestions;
  "/seckill": List_Sale;
  "/seckill/{id}": Sale;
  "/seckill/{id}/ticket/{ticket}": Ticket;
  "/time": TimeBody;
  "/user": User;
  "/wallet/transfers": List_Transfer;
}

export interface Posts {
  "/address": {body: NewAddressBody; answer: Address};
  "/admin/audit": {body: AuditRequest | null; answer: Audit};
  "/admin/delivery_methods": {body: NewDeliveryMethodBody; answer: DeliveryMethod};
  "/admin/jobs/{id}/retry": {body: RetryBody | null; answer: Job};
  "/admin/order/{id}/refund": {body: RefundBody; answer: Order};
  "/admin/order/{id}/ship": {body: ShipBody | null; answer: Order};
  "/admin/products/import": {body: ImportForm; answer: ImportReport};
  "/admin/promotions": {body: NewPromotionBody; answer: Promotion};
  "/admin/rehearsals": {body: RehearsalRequest; answer: Rehearsal};
  "/admin/seckill": {body: NewSaleBody; answer: Sale};
  "/admin/seckill/{id}/cancel": {body: Empty | null; answer: Sale};
  "/admin/seckill/{id}/pause": {body: Empty | null; answer: Sale};
  "/admin/seckill/{id}/resume": {body: Empty | null; answer: Sale};
  "/admin/user/{id}/ban": {body: BanBody | null; answer: User};
  "/admin/user/{id}/role": {body: RoleBody; answer: User};
  "/admin/user/{id}/top_up": {body: TopUpBody; answer: Transfer};
  "/admin/user/{id}/unban": {body: UnbanBody | null; answer: User};
  "/admin/webhooks": {body: NewWebhookBody; answer: Webhook};
  "/admin/webhooks/{id}/deliveries/{delivery_id}/replay": {body: ReplayBody | null; answer: Delivery};
  "/admin/webhooks/{id}/enable": {body: EnableBody | null; answer: Webhook};
  "/avater": {body: Avatar; answer: User};
  "/carousels": {body: SlideForm; answer: Carousel};
  "/categories": {body: CategoryFields; answer: Category};
  "/collection": {body: ProductInBody | null; answer: Favorite};
  "/money": {body: PinBody; answer: Balance};
  "/order": {body: PlaceBody; answer: Order};
  "/order/{id}/receive": {body: undefined; answer: Order};
  "/paydown": {body: PayBody; answer: Receipt};
  "/product": {body: ProductForm; answer: Product};
  "/product/{id}/images": {body: PicturesForm; answer: List_Image};
  "/products": {body: SearchProducts; answer: ProductList};
  "/quote": {body: QuoteRequest; answer: Quote};
  "/seckill/{id}": {body: Claim | null; answer: Order | Ticket};
  "/sku/{id}/stock": {body: MoveStock; answer: Sku};
  "/user/avatar": {body: Avatar; answer: User};
  "/user/forgot_password": {body: ForgotBody; answer: void};
  "/user/login": {body: LogInBody; answer: LoggedIn};
  "/user/logout": {body: RefreshBody | null; answer: void};
  "/user/refresh": {body: RefreshBody | null; answer: Tokens};
  "/user/register": {body: Register; answer: User};
  "/user/reset_password": {body: ResetBody; answer: void};
  "/user/sending_email": {body: SendBody; answer: void};
  "/user/valid_email": {body: TokenBody; answer: User};
}

export interface Puts {
  "/address/{id}": {body: NewAddressBody; answer: Address};
  "/admin/delivery_methods/{id}": {body: ChangeDeliveryMethodBody; answer: DeliveryMethod};
  "/admin/promotions/{id}": {body: ChangePromotionBody; answer: Promotion};
  "/admin/seckill/{id}": {body: ChangeSaleBody; answer: Sale};
  "/carousels/{id}": {body: ChangeSlide; answer: Carousel};
  "/cart/{sku_id}": {body: PutInCart; answer: Cart};
  "/categories/{id}": {body: ChangeCategory; answer: Category};
  "/money/key": {body: NewPin; answer: void};
  "/product/{id}": {body: ChangeProduct; answer: Product};
  "/product/{id}/images": {body: Arrangement; answer: List_Image};
  "/user": {body: Rename; answer: User};
  "/user/password": {body: NewPassword; answer: void};
}

export interface Deletes {
  "/address/{id}": void;
  "/admin/delivery_methods/{id}": void;
  "/admin/promotions/{id}": void;
  "/admin/webhooks/{id}": void;
  "/carousels/{id}": void;
  "/cart": Cart;
  "/categories/{id}": void;
  "/collection": void;
  "/order/{id}": Order;
  "/product/{id}": void;
  "/product/{id}/images/{image_id}": void;
}
