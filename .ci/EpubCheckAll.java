import com.adobe.epubcheck.tool.EpubChecker;

/** EPUBCheck for several books, in one run: to start costs more than to check. Needs no more than its jar. */
public class EpubCheckAll {
  public static void main(String[] books) {
    int worst = 0;
    for (String book : books) {
      System.out.println(book);
      worst = Math.max(worst, new EpubChecker().run(new String[] {book, "--failonwarnings"}));
    }
    System.exit(worst);
  }
}
