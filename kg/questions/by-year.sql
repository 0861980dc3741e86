-- columns: year integer, papers integer
SELECT year, papers FROM yearly WHERE entity = :x ORDER BY year
